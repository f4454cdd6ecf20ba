using Microsoft.ML;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(NeuralNetworkRegressionModelParameters), null, typeof(SignatureLoadModel), "", NeuralNetworkRegressionModelParameters.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>A trained regression model; a row's score is the predicted number in the target's units.</summary>
public sealed class NeuralNetworkRegressionModelParameters : NeuralNetworkModelParameters<float>
{
    internal const string LoaderSignature = "NeuralNetRegression";
    private const string ModelSignature = "NEURALRG";

    internal NeuralNetworkRegressionModelParameters(IHostEnvironment env, TrainedNetwork network)
        : base(env, LoaderSignature, network)
    {
    }

    private NeuralNetworkRegressionModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, LoaderSignature, ctx, LearningTask.Regression)
    {
    }

    /// <summary>The kind of prediction.</summary>
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    internal static NeuralNetworkRegressionModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(Version(ModelSignature, LoaderSignature));
        return new NeuralNetworkRegressionModelParameters(env, ctx);
    }

    /// <summary>Writes the model.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveCore(ModelSaveContext ctx) => Save(ctx, Version(ModelSignature, LoaderSignature));
}
