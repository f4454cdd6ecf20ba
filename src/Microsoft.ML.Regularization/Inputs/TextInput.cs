using System.Text.Json.Serialization;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>
/// A text as the tokens of a vocabulary. In a row of floats the text's tokens come first, those of the vocabulary counted from
/// <see cref="FirstWord"/>, and <see cref="Padding"/> follows.
/// </summary>
/// <param name="MaxLength">The maximum number of tokens in a row; longer texts are truncated.</param>
/// <param name="Vocabulary">Tokens that are known.</param>
internal sealed record TextInput(int MaxLength, int Vocabulary)
{
    /// <summary>Fills the row after a text that is shorter; it is 0, as in cleared memory.</summary>
    public const int Padding = 0;

    /// <summary>Replaces every token that is not in the vocabulary; a text without tokens is this token alone.</summary>
    public const int Unknown = 1;

    /// <summary>The first token of the vocabulary.</summary>
    public const int FirstWord = 2;

    /// <summary>Whether a text that is truncated keeps its last token, which marks its end, rather than the one that would be the last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KeepsLastToken { get; init; }

    /// <summary>Rows of a table with a vector for each token.</summary>
    [JsonIgnore]
    public int TableSize => Vocabulary + FirstWord;

    public override string ToString() => $"texts of at most {MaxLength} tokens of a vocabulary of {Vocabulary}";
}
