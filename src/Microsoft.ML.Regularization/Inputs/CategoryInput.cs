namespace Microsoft.ML.Regularization.Inputs;

/// <summary>A key column beside the numbers, whose values a network embeds. In a row of floats a missing value is 0, the others count from 1.</summary>
/// <param name="ColumnName">The column.</param>
/// <param name="Slots">Keys in each row: 1, or the length of a vector.</param>
/// <param name="Values">Values that a key can have.</param>
internal sealed record CategoryInput(string ColumnName, int Slots, int Values)
{
    public override string ToString() => $"{(Slots == 1 ? "a category" : $"{Slots} categories")} of {Values} values in column '{ColumnName}'";
}
