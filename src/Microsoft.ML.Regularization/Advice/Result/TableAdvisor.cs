using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Gives advice about a table.</summary>
internal static class TableAdvisor
{
    /// <exception cref="ArgumentException">There is nothing to learn, or from.</exception>
    public static TrainingAdvice Of(IHost host, IDataView data, AdviceOptions options)
    {
        using var channel = host.Start("Advise");
        var seen = new Situation(TableSurvey.Of(host, data, options), options);
        var (plan, recommendations) = (new AdvicePlan(), new List<Recommendation>());
        foreach (var rule in AdviceRules.All.Where(rule => rule.When(seen)))
        {
            plan = rule.Then?.Invoke(seen, plan) ?? plan;
            recommendations.Add(rule.Of(seen));
        }

        if (options.Trainer is { } trainer)
            recommendations.AddRange(TrainerReview.Of(host, trainer, seen.Table));
        return new TrainingAdvice(seen.Table, [.. recommendations], AdvisedPipeline.Of(seen.Table, plan));
    }
}
