using Microsoft.ML;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(NeuralNetworkRegressionTransformer), null, typeof(SignatureLoadModel), "", NeuralNetworkRegressionTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>Scores rows with a <see cref="NeuralNetworkRegressionModelParameters"/>: <c>Score</c>.</summary>
public sealed class NeuralNetworkRegressionTransformer : NeuralNetworkTransformer<NeuralNetworkRegressionModelParameters>
{
    internal const string LoaderSignature = "NeuralNetRegressionScore";
    private const string ModelSignature = "NNSCORRG";

    internal NeuralNetworkRegressionTransformer(
        IHostEnvironment env, NeuralNetworkRegressionModelParameters model, DataViewSchema trainSchema, string? featureColumnName)
        : base(env.Register(LoaderSignature), model, trainSchema, featureColumnName)
    {
        Scorer = GetGenericScorer();
    }

    // *** Binary format ***
    // <model, training columns and feature column, by the base class>
    private NeuralNetworkRegressionTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(LoaderSignature), ctx)
    {
        Scorer = Loaded(GetGenericScorer);
    }

    internal static NeuralNetworkRegressionTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(Version(ModelSignature, LoaderSignature));
        return new NeuralNetworkRegressionTransformer(env, ctx);
    }

    private protected override ITransformer Of(TrainedNetwork network) => new NeuralNetworkRegressionTransformer(Host, new NeuralNetworkRegressionModelParameters(Host, network), TrainSchema, FeatureColumnName);

    /// <summary>Writes the transformer.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version(ModelSignature, LoaderSignature));
        base.SaveCore(ctx);
    }
}
