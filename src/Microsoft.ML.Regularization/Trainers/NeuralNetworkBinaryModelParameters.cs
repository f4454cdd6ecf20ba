using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(NeuralNetworkBinaryModelParameters), null, typeof(SignatureLoadModel), "", NeuralNetworkBinaryModelParameters.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>A trained binary classifier; a row's score is the logit of true, and the sigmoid of the score is the probability.</summary>
public sealed class NeuralNetworkBinaryModelParameters : NeuralNetworkModelParameters<float>, IValueMapperDist, IDistPredictorProducing<float, float>
{
    internal const string LoaderSignature = "NeuralNetBinary";
    private const string ModelSignature = "NEURALBC";

    internal NeuralNetworkBinaryModelParameters(IHostEnvironment env, TrainedNetwork network)
        : base(env, LoaderSignature, network)
    {
    }

    private NeuralNetworkBinaryModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, LoaderSignature, ctx, LearningTask.BinaryClassification)
    {
    }

    DataViewType IValueMapperDist.DistType => NumberDataViewType.Single;

    /// <summary>The kind of prediction.</summary>
    protected override PredictionKind PredictionKind => PredictionKind.BinaryClassification;

    ValueMapper<TSource, TDestination, TDistribution> IValueMapperDist.GetMapper<TSource, TDestination, TDistribution>()
    {
        CheckTypes<TSource, TDestination>();
        Host.Check(typeof(TDistribution) == typeof(float), "The probability is a float.");
        var (score, link) = (CreateRowScore(), Network.Task.CreateLink(scale: null));
        ValueMapper<VBuffer<float>, float, float> map = (in VBuffer<float> source, ref float logit, ref float probability) =>
        {
            score(source, ref logit);
            probability = logit;
            link.Apply(new Span<float>(ref probability));
        };
        return (ValueMapper<TSource, TDestination, TDistribution>)(Delegate)map;
    }

    internal static NeuralNetworkBinaryModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(Version(ModelSignature, LoaderSignature));
        return new NeuralNetworkBinaryModelParameters(env, ctx);
    }

    /// <summary>Writes the model.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveCore(ModelSaveContext ctx) => Save(ctx, Version(ModelSignature, LoaderSignature));
}
