using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;
using static System.FormattableString;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Looks over options that somebody would train with.</summary>
internal static class TrainerReview
{
    /// <summary>What is wrong with them; none where nothing is.</summary>
    public static IEnumerable<Recommendation> Of(IHost host, NeuralNetworkOptions options, TableFacts table)
    {
        if (Contradiction(host, options, table.Task) is { } contradiction)
            yield return new() { What = "your options contradict each other", Reason = contradiction.TrimEnd('.'), Figure = "The trainer refuses them", Source = "its own check" };
        if (RecipeWeight.Of(options.Recipe ?? RegularizationRecipe.None) is { IsHeavy: true } weight)
        {
            yield return new()
            {
                What = "your recipe is too heavy: start from a preset, and add one technique at a time",
                Reason = "techniques against overfitting add up, and too many at once underfit",
                Figure = Invariant($"{weight.Sum:0.0} times the usual strength, where {RecipeWeight.Most} is much: {weight}"),
                Source = "docs/advice.md",
            };
        }

        if (table.Input == AdvisedInput.Table && !EffortPlan.Applies(options) && options is { Pack: null, Folds: null, Members: null, Effort: not TrainingEffort.Quick })
        {
            yield return new()
            {
                What = "leave architecture, recipe, optimizer, rate, schedule, batch size, epochs and scaling open, or train on folds",
                Reason = "one that is set switches the effort off, and one network is trained where several would be",
                Figure = "Default against one RealMLP: folds alone took 15 % off the error and 25 % off the log-loss of 300 rows",
                Source = "docs/tables-measured.md",
            };
        }
    }

    // What the trainer would say when it is made, without making it.
    private static string? Contradiction(IHost host, NeuralNetworkOptions options, LearningTask task)
    {
        try
        {
            NeuralNetworkOptionsCheck.Check(host, options, task);
            return null;
        }
        catch (ArgumentException refusal)
        {
            return refusal.Message;
        }
    }
}
