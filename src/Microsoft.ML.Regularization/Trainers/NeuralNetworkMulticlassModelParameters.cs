using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(NeuralNetworkMulticlassModelParameters), null, typeof(SignatureLoadModel), "", NeuralNetworkMulticlassModelParameters.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>A trained classifier of two or more classes; a row's score is the probability of each.</summary>
public sealed class NeuralNetworkMulticlassModelParameters : NeuralNetworkModelParameters<VBuffer<float>>
{
    internal const string LoaderSignature = "NeuralNetMulticlass";
    private const string ModelSignature = "NEURALMC";

    internal NeuralNetworkMulticlassModelParameters(IHostEnvironment env, TrainedNetwork network)
        : base(env, LoaderSignature, network)
    {
    }

    private NeuralNetworkMulticlassModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, LoaderSignature, ctx, LearningTask.MulticlassClassification)
    {
    }

    /// <summary>The number of classes, which is the length of a score.</summary>
    public int ClassCount => Network.Outputs;

    /// <summary>The kind of prediction.</summary>
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    internal static NeuralNetworkMulticlassModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(Version(ModelSignature, LoaderSignature));
        return new NeuralNetworkMulticlassModelParameters(env, ctx);
    }

    /// <summary>Writes the model.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveCore(ModelSaveContext ctx) => Save(ctx, Version(ModelSignature, LoaderSignature));
}
