namespace Microsoft.ML.Regularization.Search;

/// <summary>What proposals learn from.</summary>
/// <param name="Values">The value in each dimension.</param>
/// <param name="Loss">Smaller is better; infinite for a trial that failed.</param>
internal sealed record Observation(ValueList<TrialValue> Values, double Loss)
{
    public double In(SearchDimension dimension) => Values.First(value => value.Name == dimension.Name).Value;
}
