namespace Microsoft.ML.Regularization.Advice;

/// <summary>A rule of advice: when it holds, what follows, why, and the figure that says so.</summary>
/// <param name="When">When it holds.</param>
/// <param name="What">What to do.</param>
/// <param name="Reason">Why.</param>
/// <param name="Figure">The figure that it rests on.</param>
/// <param name="Source">Where that stands.</param>
/// <param name="Then">What changes in the plan; null where the columns say so already, or nothing does.</param>
internal sealed record AdviceRule(
    Func<Situation, bool> When, Func<Situation, string> What, string Reason, Func<Situation, string> Figure, string Source, Func<Situation, AdvicePlan, AdvicePlan>? Then = null)
{
    public const string YourRows = "your rows";

    /// <summary>Whether the pipeline does it.</summary>
    public bool IsInPipeline { get; init; } = Then is not null;

    public Recommendation Of(Situation seen) => new() { What = What(seen), Reason = Reason, Figure = Figure(seen), Source = Source, IsInPipeline = IsInPipeline };
}
