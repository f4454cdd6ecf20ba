using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Some groups, as the trial of an executor: what is asked for, in numbers.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Pull">How strongly networks are held at the common one; null for the common one itself.</param>
/// <param name="IsCompared">Whether their losses are asked for, rather than their networks.</param>
internal sealed record GroupTrials(int First, int Count, double? Pull, bool IsCompared)
{
    /// <summary>The name of the common model that they start from.</summary>
    public string Common => NameOf(IsCompared);

    public static string NameOf(bool isCompared) => isCompared ? "compared" : "common";

    public Trial ToTrial(int number) => new()
    {
        Number = number,
        Values =
        [
            new(nameof(First), First), new(nameof(Count), Count), new(nameof(IsCompared), IsCompared ? 1 : 0), .. Pull is { } pull ? new[] { new TrialValue(nameof(Pull), pull) } : [],
        ],
    };

    /// <exception cref="ArgumentOutOfRangeException">The trial is none of groups.</exception>
    public static GroupTrials Of(IExceptionContext context, Trial trial)
    {
        var values = trial.Values.ToDictionary(value => value.Name, value => value.Value);
        return new GroupTrials((int)Value(nameof(First)), (int)Value(nameof(Count)), values.TryGetValue(nameof(Pull), out var pull) ? pull : null, Value(nameof(IsCompared)) == 1);

        double Value(string name) => values.TryGetValue(name, out var value) ? value : throw context.ExceptUserArg(nameof(trial), $"Trial {trial.Number} has no {name}: it is none of groups.");
    }
}
