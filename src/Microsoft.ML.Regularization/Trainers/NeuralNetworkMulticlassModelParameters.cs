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
        : base(env, LoaderSignature, ctx, LearningTaskKind.Multiclass)
    {
    }

    /// <summary>The number of classes, which is the length of a score.</summary>
    public int ClassCount => Trained.Outputs;

    /// <summary>The kind of prediction.</summary>
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    private protected override DataViewType OutputType => new VectorDataViewType(NumberDataViewType.Single, Trained.Outputs);

    private protected override DataViewSchema ScoreSchema => ScoreSchemaFactory.Create(OutputType, AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification);

    private protected override Delegate CreateGetter(INetworkOutputs prediction, int column) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> scores) =>
    {
        var editor = VBufferEditor.Create(ref scores, Trained.Outputs);
        prediction.Outputs.CopyTo(editor.Values);
        Trained.Activation.Apply(editor.Values);
        scores = editor.Commit();
    });

    private protected override ValueMapper<VBuffer<float>, VBuffer<float>> CreateMapper()
    {
        var score = CreateRowScorer();
        return (in VBuffer<float> source, ref VBuffer<float> destination) =>
        {
            var editor = VBufferEditor.Create(ref destination, Trained.Outputs);
            score(source, editor.Values);
            Trained.Activation.Apply(editor.Values);
            destination = editor.Commit();
        };
    }

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
