namespace Microsoft.ML.Regularization;

/// <summary>What became of the tensors of a file of published weights, and of those of the network.</summary>
/// <param name="Taken">Tensors of the network that the file gave, in the network's order.</param>
/// <param name="Left">Tensors of the file that the network has no use for.</param>
/// <param name="New">Tensors of the network that start anew: those of its last layer.</param>
public sealed record PretrainedReport(ValueList<TakenWeight> Taken, ValueList<string> Left, ValueList<string> New)
{
    /// <summary>A line for each tensor.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            .. Taken.Select(taken => $"taken: {taken}"),
            .. Left.Select(name => $"left: {name}"),
            .. New.Select(name => $"new: {name}"),
        ]);
}
