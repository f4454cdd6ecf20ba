using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The tokens of a vocabulary, by what masking does with them.</summary>
/// <param name="Count">Tokens, padding and the unknown one included.</param>
/// <param name="Mask">Stands in the place of a hidden one.</param>
/// <param name="Special">Those that are never asked for, nor put in the place of others.</param>
internal sealed record TokenKinds(int Count, int Mask, IReadOnlySet<int> Special)
{
    // Those of BERT and of RoBERTa.
    private static readonly string[] Masks = ["[MASK]", "<mask>"];
    private static readonly string[] SpecialNames = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "<pad>", "<unk>", "<s>", "</s>", .. Masks];

    /// <summary>Those of a text's vocabulary.</summary>
    public static TokenKinds Of(PretextRows rows)
    {
        var names = rows.Keys?.Inputs is [{ } dictionary] ? dictionary.ToArray() : [];
        var special = new HashSet<int> { TextInput.Padding, TextInput.Unknown };
        var mask = TextInput.Unknown;
        foreach (var (place, name) in names.Index().Where(token => SpecialNames.Contains(token.Item)))
        {
            special.Add(TextInput.FirstWord + place);
            if (Masks.Contains(name))
                mask = TextInput.FirstWord + place;
        }

        return new TokenKinds(rows.Input.Text!.TableSize, mask, special);
    }

    /// <summary>Whether a token can be asked for.</summary>
    public bool IsWord(int token) => !Special.Contains(token);
}
