using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>One of several classes: key labels, or vectors of their probabilities.</summary>
internal sealed class MulticlassTask(int classes, IReadOnlyList<string>? names) : ClassificationTask
{
    public override int Outputs { get; } = classes;

    public override int TargetSize { get; } = classes;

    public override IReadOnlyList<string>? ClassNames { get; } = names;

    public static MulticlassTask? Of(DataViewSchema.Column label) => label.Type switch
    {
        KeyDataViewType { Count: <= int.MaxValue } key => new((int)key.Count, ClassAnnotations.NamesOf(label)),
        VectorDataViewType { IsKnownSize: true } soft when soft.ItemType == NumberDataViewType.Single => new(soft.Size, ClassAnnotations.NamesOf(label)),
        _ => null,
    };
}
