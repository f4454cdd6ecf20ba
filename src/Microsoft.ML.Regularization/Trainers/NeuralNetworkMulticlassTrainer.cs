using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Trains a neural network that classifies rows into two or more classes, on the cross entropy or the focal loss, with the regularization of a
/// <see cref="RegularizationRecipe"/>.
/// </summary>
/// <remarks>
/// <para>Input columns: features (vector of float of known size, or of keys for a text: see <see cref="NeuralNetworkOptions.FeatureColumnName"/>), label (key, or vector of float with a probability for each class), and
/// optionally example weights (float).</para>
/// <para>Output columns: <c>Score</c> (vector of float: the probability of each class, named by its slot names) and <c>PredictedLabel</c>
/// (key with the values of the label).</para>
/// <para>Normalization required: no, see <see cref="NeuralNetworkOptions.InputScaling"/>. Caching required: no, rows are kept in memory. Packages
/// required: Microsoft.ML.Regularization, and TorchSharp-cpu or a TorchSharp-cuda package.</para>
/// </remarks>
public sealed class NeuralNetworkMulticlassTrainer
    : NeuralNetworkTrainer<NeuralNetworkMulticlassTransformer, NeuralNetworkMulticlassModelParameters>
{
    internal const string LoadName = "NeuralNetworkMulticlass";

    internal NeuralNetworkMulticlassTrainer(IHostEnvironment env, NeuralNetworkOptions options)
        : base(env, LoadName, LearningTaskKind.Multiclass, options, TrainerUtils.MakeU4ScalarColumn)
    {
    }

    private protected override SchemaShape.Column[] GetOutputColumns(SchemaShape inputSchema)
    {
        inputSchema.TryFindColumn(Options.LabelColumnName, out var label);
        var key = IsSoft(label)
            ? new SchemaShape.Column(
                label.Name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, ClassAnnotations.ToKeyShape(label.Annotations))
            : label;
        var keyValues = key.Annotations.Where(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues);
        return
        [
            new SchemaShape.Column(
                DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
                new SchemaShape(AnnotationUtils.AnnotationsForMulticlassScoreColumn(key))),
            new SchemaShape.Column(
                DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true,
                new SchemaShape(keyValues.Concat(AnnotationUtils.GetTrainerOutputAnnotation()))),
        ];
    }

    private protected override NeuralNetworkMulticlassTransformer MakeTransformer(
        NeuralNetworkMulticlassModelParameters model, TrainingColumns columns, DataViewSchema trainSchema)
    {
        var classes = columns.ClassTranslation is null ? null : columns.Keys.Label!.ToArray();
        var schema = ScoringSchema.Of(trainSchema, Options.LabelColumnName, classes: classes);
        return new(Host, model, schema, Options.FeatureColumnName, Options.LabelColumnName);
    }

    private protected override NeuralNetworkMulticlassModelParameters CreateModel(TrainedNetwork network) => new(Host, network);
}
