using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The rows that a pretext task is about.</summary>
/// <param name="Architecture">The network that is trained.</param>
/// <param name="Input">What its first layer reads: the layout of the columns, and indicators of missing numbers.</param>
/// <param name="Key">Of all random draws.</param>
internal sealed record PretextRows(NetworkArchitecture Architecture, InputLayout Input, RandomKey Key)
{
    /// <summary>Fills in missing numbers; null where there are none.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>The scale of the numbers; null where they are not scaled.</summary>
    public InputScaler? Scaler { get; init; }

    /// <summary>The values of keys and tokens, as far as they are known.</summary>
    public NetworkKeys? Keys { get; init; }

    /// <summary>Numbers of the columns: those in front of the indicators.</summary>
    public int Numbers => Input.Numbers - (Imputation?.Indicated.Length ?? 0);
}
