using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(NeuralNetworkBinaryTransformer), null, typeof(SignatureLoadModel), "", NeuralNetworkBinaryTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// Scores rows with a <see cref="NeuralNetworkBinaryModelParameters"/>: <c>Score</c>, <c>Probability</c> and <c>PredictedLabel</c>, which is true where
/// <see cref="ThresholdColumnName"/> is above <see cref="Threshold"/>.
/// </summary>
public sealed class NeuralNetworkBinaryTransformer : NeuralNetworkTransformer<NeuralNetworkBinaryModelParameters>
{
    internal const string LoaderSignature = "NeuralNetBinaryScore";
    private const string ModelSignature = "NNSCORBC";

    internal NeuralNetworkBinaryTransformer(
        IHostEnvironment env, NeuralNetworkBinaryModelParameters model, DataViewSchema trainSchema, string? featureColumnName)
        : this(env, model, trainSchema, featureColumnName, threshold: 0, DefaultColumnNames.Score)
    {
    }

    private NeuralNetworkBinaryTransformer(
        IHostEnvironment env,
        NeuralNetworkBinaryModelParameters model,
        DataViewSchema trainSchema,
        string? featureColumnName,
        float threshold,
        string thresholdColumnName)
        : base(env.Register(LoaderSignature), model, trainSchema, featureColumnName)
    {
        (Threshold, ThresholdColumnName) = (threshold, thresholdColumnName);
        Scorer = CreateScorer();
    }

    private NeuralNetworkBinaryTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(LoaderSignature), ctx)
    {
        // *** Binary format ***
        // <model, training columns and feature column, by the base class>
        // float: threshold
        // string id: the column it is of
        Threshold = ctx.Reader.ReadSingle();
        ThresholdColumnName = ctx.LoadNonEmptyString();
        Host.CheckDecode(!float.IsNaN(Threshold), "The threshold of a binary classifier is not a number.");
        Scorer = Loaded(CreateScorer);
    }

    /// <summary>The threshold: rows above it are predicted true. Default: 0, a probability of one half.</summary>
    public float Threshold { get; }

    /// <summary>The column that the threshold applies to: <c>Score</c> (the logit, the default) or <c>Probability</c>.</summary>
    public string ThresholdColumnName { get; }

    /// <summary>The same model with another threshold.</summary>
    internal NeuralNetworkBinaryTransformer WithThreshold(float threshold, string thresholdColumnName) =>
        new(Host, Model, TrainSchema, FeatureColumnName, threshold, thresholdColumnName);

    internal static NeuralNetworkBinaryTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(Version(ModelSignature, LoaderSignature));
        return new NeuralNetworkBinaryTransformer(env, ctx);
    }

    private protected override ITransformer Of(TrainedNetwork network) => new NeuralNetworkBinaryTransformer(
        Host, new NeuralNetworkBinaryModelParameters(Host, network), TrainSchema, FeatureColumnName, Threshold, ThresholdColumnName);

    /// <summary>Writes the transformer.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version(ModelSignature, LoaderSignature));
        base.SaveCore(ctx);
        ctx.Writer.Write(Threshold);
        ctx.SaveNonEmptyString(ThresholdColumnName);
    }

    private BinaryClassifierScorer CreateScorer()
    {
        var roles = TrainRoles();
        var arguments = new BinaryClassifierScorer.Arguments { Threshold = Threshold, ThresholdColumn = ThresholdColumnName };
        return new BinaryClassifierScorer(Host, arguments, new EmptyDataView(Host, TrainSchema), BindableMapper.Bind(Host, roles), roles);
    }
}
