using System.Buffers.Binary;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>The values that a network's keys stand for, as far as its training rows named them: null for keys without values.</summary>
/// <param name="Label">The classes.</param>
/// <param name="Inputs">For each column of categories, or for a text, one after the other.</param>
internal sealed record NetworkKeys(KeyDictionary? Label, IReadOnlyList<KeyDictionary?> Inputs)
{
    private const int NotKnown = -1;

    /// <summary>Keys that are only counted.</summary>
    public static NetworkKeys Counted(InputLayout input) => new(null, new KeyDictionary?[input.Text is null ? input.Categories.Count : 1]);

    // *** Binary format ***
    // int: columns, the label's first
    // for each: int: values, or -1; int: bytes; the values in UTF-8, a byte 255 behind each
    public byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(1 + Inputs.Count);
        foreach (var dictionary in Inputs.Prepend(Label))
        {
            writer.Write(dictionary?.Count ?? NotKnown);
            writer.Write(dictionary?.Utf8.Length ?? 0);
            if (dictionary is not null)
                writer.Write(dictionary.Utf8.Span);
        }

        writer.Flush();
        return memory.ToArray();
    }

    /// <summary>Whether these are the keys of a network.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="outputs">Its outputs.</param>
    public bool Fit(InputLayout input, int outputs)
    {
        var counts = input.Text is { } text ? [text.Vocabulary] : input.Categories.Select(category => category.Values).ToArray();
        return (Label is null || Label.Count == outputs) && Inputs.Count == counts.Length && Inputs.Zip(counts).All(pair => pair.First is null || pair.First.Count == pair.Second);
    }

    /// <param name="context">For errors.</param>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public static NetworkKeys Read(IExceptionContext context, ReadOnlySpan<byte> bytes)
    {
        var columns = TakeInt(ref bytes);
        var found = new List<KeyDictionary?>();
        for (var i = 0; i < columns; i++)
        {
            var (values, length) = (TakeInt(ref bytes), TakeInt(ref bytes));
            if (length < 0 || length > bytes.Length || (values == NotKnown && length > 0))
                throw Damaged();
            found.Add(values == NotKnown ? null : KeyDictionary.Read(context, values, bytes[..length].ToArray()));
            bytes = bytes[length..];
        }

        return bytes.IsEmpty && found.Count > 0 ? new NetworkKeys(found[0], [.. found.Skip(1)]) : throw Damaged();

        Exception Damaged() => context.ExceptDecode("What keys stand for is damaged.");

        int TakeInt(ref ReadOnlySpan<byte> rest)
        {
            if (rest.Length < sizeof(int))
                throw Damaged();
            var value = BinaryPrimitives.ReadInt32LittleEndian(rest);
            rest = rest[sizeof(int)..];
            return value;
        }
    }
}
