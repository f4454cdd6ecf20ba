using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Multiclass classification: one of several classes. See <see cref="LearningTasks"/>.</summary>
internal sealed class MulticlassClassificationTask() : ClassificationTask("multiclass classification")
{
    internal override SchemaShape.Column LabelShape(string name) => LabelShapes.Key(name);

    internal override string ExpectedLabel(DataViewType found) => "Key<UInt32> or Vector<Single> of known size" + found switch
    {
        BooleanDataViewType => " (for true and false there is ml.BinaryClassification.Trainers.NeuralNetwork)",
        TextDataViewType or NumberDataViewType => " (ml.Transforms.Conversion.MapValueToKey makes keys of texts and numbers)",
        _ => "",
    };

    internal override ulong? CountOutputs(DataViewSchema.Column label) => label.Type switch
    {
        KeyDataViewType key => key.Count,
        VectorDataViewType { IsKnownSize: true } soft => (ulong)soft.Size,
        _ => null,
    };

    internal override KeyDictionary? ClassesOf(DataViewSchema.Column label) => KeyDictionary.Of(label);

    internal override LearningTarget? TargetOf(DataViewSchema.Column label) => label.Type switch
    {
        KeyDataViewType { Count: <= int.MaxValue } key => new MulticlassTarget((int)key.Count, ClassAnnotations.NamesOf(label)),
        VectorDataViewType { IsKnownSize: true } soft when soft.ItemType == NumberDataViewType.Single =>
            new MulticlassTarget(soft.Size, ClassAnnotations.NamesOf(label)),
        _ => null,
    };

    internal override (DataViewType Type, DataViewSchema.Annotations? Annotations) ScoredLabel(DataViewSchema.Column label, string[]? classes)
    {
        if (classes is not null)
            return (new KeyDataViewType(typeof(uint), classes.Length), ClassAnnotations.ToKey(label, classes));
        return label.Type is VectorDataViewType soft
            ? (new KeyDataViewType(typeof(uint), soft.Size), ClassAnnotations.ToKey(label))
            : (label.Type, label.Annotations);
    }

    internal override SchemaShape.Column[] ScoreShape(SchemaShape.Column label)
    {
        var key = IsSoft(label)
            ? new SchemaShape.Column(
                label.Name, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true, ClassAnnotations.ToKeyShape(label.Annotations))
            : label;
        return
        [
            new SchemaShape.Column(
                DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, isKey: false,
                ScoreSchemas.ClassScoreAnnotations(key)),
            new SchemaShape.Column(
                DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, isKey: true,
                ScoreSchemas.PredictedKeyAnnotations(key)),
        ];
    }

    internal override bool Fits(int outputs, TargetScale? scale) => scale is null;

    internal override OutputLink CreateLink(TargetScale? scale) => new SoftmaxLink();

    internal override DataViewType PredictionType(int outputs) => new VectorDataViewType(NumberDataViewType.Single, outputs);

    internal override ScoreColumns CreateScores(int outputs, OutputLink link) => new ClassScores(outputs, link);
}
