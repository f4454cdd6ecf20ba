using System.Text.Json.Serialization;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>
/// The meaning of the floats in a network's input row. Every network reads rows of floats of one width: numbers, which may form an image or a sequence,
/// followed by categories; or the tokens of a text.
/// </summary>
internal sealed record InputLayout
{
    // Fewer numbers are multiplied faster than looked for, and take little memory.
    private const int LeastSparse = 1024;

    /// <summary>Numbers at the start of the row.</summary>
    public int Numbers { get; init; }

    /// <summary>How the numbers make an image; null where they make none.</summary>
    public ImageShape? Image { get; init; }

    /// <summary>Steps of the sequence that the numbers make, each with as many of them; 0 where they make none.</summary>
    public int Steps { get; init; }

    /// <summary>The keys behind the numbers.</summary>
    public IReadOnlyList<CategoryInput> Categories { get; init; } = [];

    /// <summary>How many values each key can have, one key after the other.</summary>
    [JsonIgnore]
    public IEnumerable<int> KeyValues => Categories.SelectMany(category => Enumerable.Repeat(category.Values, category.Slots));

    /// <summary>The text, in place of numbers; null where there is none.</summary>
    public TextInput? Text { get; init; }

    /// <summary>
    /// Whether the network reads sparse rows: those of its numbers that are not 0. What a row means is the same either way, so that layouts are equal without it.
    /// </summary>
    public bool IsSparse { get; init; }

    /// <summary>Whether the input is a table wide enough for a sparse representation to pay off.</summary>
    [JsonIgnore]
    public bool MayBeSparse => Numbers >= LeastSparse && Image is null && Steps == 0;

    /// <summary>
    /// Whether a row that lacks a number is an error: see <see cref="MissingValues.Refuse"/>. It says nothing about what a network reads, so that layouts are equal
    /// whatever it is.
    /// </summary>
    public bool RefusesGaps { get; init; }

    /// <summary>
    /// The numbers, by ascending slots, that have two values at most among the training rows, as one-hot codes and indicators do: an embedding of numbers leaves them
    /// out. They are learned, not given by columns, so that layouts are equal whatever they are, and files keep them elsewhere.
    /// </summary>
    [JsonIgnore]
    public ValueList<int> Flags { get; init; } = [];

    /// <summary>The other numbers, by ascending slots.</summary>
    [JsonIgnore]
    public IEnumerable<int> Quantities => Enumerable.Range(0, Numbers).Except(Flags);

    /// <summary>How many these are.</summary>
    [JsonIgnore]
    public int QuantityCount => Numbers - Flags.Count;

    /// <summary>Floats of a row.</summary>
    [JsonIgnore]
    public int Width => Text?.MaxLength ?? Numbers + Categories.Sum(category => category.Slots);

    /// <summary>Plain numbers.</summary>
    /// <param name="numbers">How many.</param>
    public static implicit operator InputLayout(int numbers) => new() { Numbers = numbers };

    /// <summary>The layout that a network reads, of columns with this one.</summary>
    /// <param name="imputation">Fills in missing numbers; null where there are none.</param>
    /// <param name="flags">See <see cref="Flags"/>; those of the filled row.</param>
    public InputLayout Filled(Imputation? imputation, ValueList<int> flags) => (imputation?.Of(this) ?? this) with { Flags = flags };

    /// <summary>Whether keys come from the same columns in both, whatever they stand for.</summary>
    public bool HasColumnsOf(InputLayout other) =>
        Text is null == other.Text is null
        && Categories.Select(category => category.ColumnName).SequenceEqual(other.Categories.Select(category => category.ColumnName));

    public bool Equals(InputLayout? other) =>
        other is not null && Numbers == other.Numbers && Image == other.Image && Steps == other.Steps && Text == other.Text
        && Categories.SequenceEqual(other.Categories);

    public override int GetHashCode() => HashCode.Combine(Numbers, Image, Steps, Text, Categories.Count);

    public override string ToString()
    {
        var numbers = Text is not null ? Text.ToString()
            : Numbers == 0 && Categories.Count > 0 ? null
            : Image is not null ? $"images of {Image}"
            : Steps > 0 ? $"sequences of {Steps} steps of {Numbers / Steps} numbers"
            : $"{Numbers} features";
        var categories = Categories.Select(category => category.ToString());
        return string.Join(", ", numbers is null ? categories : categories.Prepend(numbers));
    }
}
