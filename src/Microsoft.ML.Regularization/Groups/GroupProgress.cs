namespace Microsoft.ML.Regularization;

/// <summary>How far a fit of each group has come.</summary>
/// <param name="Done">Networks of groups that are trained.</param>
/// <param name="Total">How many there will be, in this stage.</param>
/// <param name="IsComparing">Whether the stage is that in which the pull is chosen, rather than that of the model's own networks.</param>
public readonly record struct GroupProgress(int Done, int Total, bool IsComparing);
