using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Labels of several classes. The network has an output for each, whose softmax are their probabilities.</summary>
/// <param name="classes">How many there are.</param>
/// <param name="names">Their names; null where they have none.</param>
internal sealed class MulticlassTarget(int classes, IReadOnlyList<string>? names) : ClassTarget(classes, names)
{
    public override int Outputs => TargetSize;

    public override LearningTarget In(KeyDictionary classes) => new MulticlassTarget(classes.Count, classes.ToArray());
}
