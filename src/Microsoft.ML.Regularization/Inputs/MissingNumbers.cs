using System.Globalization;
using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Numbers of a row that are not finite, which is what counts as missing.</summary>
internal static class MissingNumbers
{
    public static bool AnyIn(ReadOnlySpan<float> numbers) => numbers.Length > 0 && !float.IsFinite(TensorPrimitives.MaxMagnitude(numbers));

    /// <summary>Writes all of them alike, as NaN.</summary>
    public static void Unify(Span<float> numbers)
    {
        foreach (ref var number in numbers)
        {
            if (!float.IsFinite(number))
                number = float.NaN;
        }
    }

    /// <summary>The same of a sparse row, whose numbers start at its first slot.</summary>
    /// <param name="row">By ascending slots.</param>
    /// <param name="numbers">Slots of numbers; values after them are not changed.</param>
    /// <returns>The first one as it was; null where none is missing.</returns>
    public static SlotValue? Unify(Span<SlotValue> row, int numbers)
    {
        SlotValue? first = null;
        foreach (ref var number in row)
        {
            if (number.Slot >= numbers)
                break;
            if (float.IsFinite(number.Value))
                continue;
            first ??= number;
            number = number with { Value = float.NaN };
        }

        return first;
    }

    /// <summary>Why a row that must not lack numbers is refused.</summary>
    /// <param name="numbers">Numbers of which some are missing.</param>
    /// <param name="nameOf">Names a slot.</param>
    /// <param name="isImage">Whether they are pixels, which cannot be filled in.</param>
    public static string Refusal(ReadOnlySpan<float> numbers, Func<int, string> nameOf, bool isImage)
    {
        var slot = 0;
        while (float.IsFinite(numbers[slot]))
            slot++;
        return Refusal(numbers[slot], nameOf(slot), isImage);
    }

    /// <param name="number">A number that is missing.</param>
    /// <param name="name">Names its slot.</param>
    /// <param name="isImage">Whether it is a pixel, which cannot be filled in.</param>
    public static string Refusal(float number, string name, bool isImage) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} is {number}, ") + (isImage
            ? "but pixels of images must be finite."
            : $"but {nameof(MissingValues)} is {MissingValues.Refuse}: fill it before the network, or train with {nameof(MissingValues)}.{MissingValues.Impute}.");
}
