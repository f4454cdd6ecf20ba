using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Refuses a layout that no rows can have given an architecture: see <see cref="InputLayout"/>.</summary>
internal static class InputLayoutCheck
{
    private const string Name = "Input";

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range, or the architecture reads something else; the message names it.</exception>
    public static void Check(IExceptionContext context, InputLayout input, NetworkArchitecture architecture)
    {
        // One number at least has one weight, and a row is memory.
        context.CheckBetween(input.Numbers, $"{Name}.{nameof(input.Numbers)}", 0, NetworkArchitecture.MostWeights);
        context.CheckBetween(input.Steps, $"{Name}.{nameof(input.Steps)}", 0, input.Numbers);
        var slots = 0L;
        foreach (var category in input.Categories)
        {
            context.CheckName(category.ColumnName, $"{Name}.{nameof(category.ColumnName)}");
            context.CheckBetween(category.Slots, $"{Name}.{nameof(category.Slots)}", 1, NetworkArchitecture.MostWeights);
            context.CheckBetween(category.Values, $"{Name}.{nameof(category.Values)}", 1, int.MaxValue - 1);
            slots += category.Slots;
        }

        context.CheckBetween(input.Numbers + slots, $"{Name}.{nameof(input.Width)}", input.Text is null ? 1 : 0, NetworkArchitecture.MostWeights);
        if (input.Text is { } text)
        {
            context.CheckBetween(text.Vocabulary, $"{Name}.{nameof(text.Vocabulary)}", 0, int.MaxValue - TextInput.FirstWord);
            context.CheckBetween(text.MaxLength, $"{Name}.{nameof(text.MaxLength)}", architecture.MaxTokens, architecture.MaxTokens);
        }

        if (input.Text is { } read && read.KeepsLastToken != architecture.KeepsLastToken)
            throw context.ExceptUserArg(Name, $"{architecture} does not read {input} truncated that way.");
        if (!IsReadBy(architecture.Takes, input, slots))
            throw context.ExceptUserArg(Name, $"{architecture} does not read {input}.");
        if (input.IsSparse && !(input.MayBeSparse && architecture.TakesSparseRows))
            throw context.ExceptUserArg(Name, $"{architecture} does not read {input} as sparse rows.");
        architecture.CheckInput(context, input);
    }

    private static bool IsReadBy(NetworkInputs takes, InputLayout input, long slots)
    {
        if (input.Text is not null)
            return takes.HasFlag(NetworkInputs.Texts) && input is { Numbers: 0, Image: null, Steps: 0 } && slots == 0;

        return (takes & ~NetworkInputs.Texts) != NetworkInputs.None
            && takes.HasFlag(NetworkInputs.Images) == input.Image is not null
            && takes.HasFlag(NetworkInputs.Sequences) == input.Steps > 0
            && (slots == 0 || takes.HasFlag(NetworkInputs.Categories))
            && (input.Image is not { } image || IsOf(image, input.Numbers))
            && (input.Steps == 0 || input.Numbers % input.Steps == 0);
    }

    private static bool IsOf(ImageShape image, int numbers) =>
        image is { Height: > 0, Width: > 0, Channels: > 0 } && Enum.IsDefined(image.Order)
        && (Int128)image.Height * image.Width * image.Channels == numbers;
}
