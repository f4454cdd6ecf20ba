using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A rule that renames tensors of a file before they are looked up: see <see cref="PretrainedWeights.Names"/>. <c>new("backbone.*", "*")</c> takes a prefix away,
/// <c>new("encoder.*.attn.*", "blocks.*.attention.*")</c> changes what stands around numbers.
/// </summary>
/// <param name="Pattern">A name in the file; each <c>*</c> stands for any characters, as few as fit, none included.</param>
/// <param name="Replacement">The name in its place, with at most as many <c>*</c>, which stand for the same characters in the same order.</param>
public sealed record WeightName(string Pattern, string Replacement)
{
    private const string Option = "Names";

    /// <summary>Both sides.</summary>
    public override string ToString() => $"{Pattern} -> {Replacement}";

    internal void Validate(IExceptionContext? context)
    {
        if (string.IsNullOrWhiteSpace(Pattern) || string.IsNullOrWhiteSpace(Replacement))
            throw context.ExceptUserArg(Option, $"A rule of Names must have a Pattern and a Replacement, but it is '{this}'.");
        if (NamePattern.Wildcards(Replacement) > NamePattern.Wildcards(Pattern))
            throw context.ExceptUserArg(Option, $"The Replacement of a rule of Names must have at most as many * as its Pattern, but it is '{this}'.");
    }

    /// <summary>The new name; null where the pattern does not match.</summary>
    internal string? Of(string name) => NamePattern.Match(Pattern, name) is { } parts
        ? string.Concat(Replacement.Split('*').Select((text, place) => place == 0 ? text : parts[place - 1] + text))
        : null;
}
