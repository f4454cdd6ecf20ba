using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization;

/// <summary>The input sizes of a user-defined network: see <see cref="ICustomNetwork"/>.</summary>
public sealed record CustomNetworkInput
{
    internal CustomNetworkInput(InputLayout layout, CustomInputKind kind)
    {
        Numbers = layout.Numbers;
        Image = kind == CustomInputKind.Images ? layout.Image : null;
        Steps = kind == CustomInputKind.Sequences ? layout.Steps : 0;
        MaxTokens = layout.Text?.MaxLength ?? 0;
        Tokens = layout.Text?.TableSize ?? 0;
    }

    /// <summary>
    /// Numbers of a row, including the indicators of missing numbers, which follow the numbers of the column or of each step of a sequence (see
    /// <see cref="MissingValues.Impute"/>); 0 for texts.
    /// </summary>
    public int Numbers { get; }

    /// <summary>The images; null for other inputs. The network reads channels first, whatever <see cref="ImageShape.Order"/> says about the column.</summary>
    public ImageShape? Image { get; }

    /// <summary>Steps of a sequence, each with <c>Numbers / Steps</c> numbers; 0 for other inputs.</summary>
    public int Steps { get; }

    /// <summary>Tokens of a row; 0 for other inputs than texts.</summary>
    public int MaxTokens { get; }

    /// <summary>Number of different tokens, which is the number of vectors that an embedding needs; 0 for other inputs than texts.</summary>
    public int Tokens { get; }
}
