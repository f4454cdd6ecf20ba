using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(NeuralNetworkMulticlassTransformer), null, typeof(SignatureLoadModel), "", NeuralNetworkMulticlassTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>Scores rows with a <see cref="NeuralNetworkMulticlassModelParameters"/>: <c>Score</c> and <c>PredictedLabel</c>.</summary>
public sealed class NeuralNetworkMulticlassTransformer : NeuralNetworkTransformer<NeuralNetworkMulticlassModelParameters>
{
    internal const string LoaderSignature = "NeuralNetMulticlassScore";
    private const string ModelSignature = "NNSCORMC";

    private readonly string _labelColumnName;

    internal NeuralNetworkMulticlassTransformer(
        IHostEnvironment env, NeuralNetworkMulticlassModelParameters model, DataViewSchema trainSchema, string? featureColumnName, string labelColumnName)
        : base(env.Register(LoaderSignature), model, trainSchema, featureColumnName)
    {
        _labelColumnName = labelColumnName;
        Scorer = CreateScorer();
    }

    private NeuralNetworkMulticlassTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(LoaderSignature), ctx)
    {
        // *** Binary format ***
        // <model, training columns and feature column, by the base class>
        // string id: label column
        _labelColumnName = ctx.LoadNonEmptyString();
        Scorer = Loaded(CreateScorer);
    }

    internal static NeuralNetworkMulticlassTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(Version(ModelSignature, LoaderSignature));
        return new NeuralNetworkMulticlassTransformer(env, ctx);
    }

    private protected override ITransformer Of(TrainedNetwork network) => new NeuralNetworkMulticlassTransformer(Host, new NeuralNetworkMulticlassModelParameters(Host, network), TrainSchema, FeatureColumnName, _labelColumnName);

    /// <summary>Writes the transformer.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version(ModelSignature, LoaderSignature));
        base.SaveCore(ctx);
        ctx.SaveNonEmptyString(_labelColumnName);
    }

    private MulticlassClassificationScorer CreateScorer()
    {
        var roles = TrainRoles(_labelColumnName);
        var arguments = new MulticlassClassificationScorer.Arguments
        {
            ScoreColumnName = DefaultColumnNames.Score,
            PredictedLabelColumnName = DefaultColumnNames.PredictedLabel,
        };
        return new MulticlassClassificationScorer(Host, arguments, new EmptyDataView(Host, TrainSchema), BindableMapper.Bind(Host, roles), roles);
    }
}
