using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The scales and fill values that a run learns from its rows before the first step.</summary>
internal sealed record LearnedScales
{
    /// <summary>Fills in missing numbers; null for an input that has none.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>Scales the numbers, indicators included; null if they are not scaled.</summary>
    public InputScaler? Input { get; init; }

    /// <summary>Numbers that are not embedded: see <see cref="InputLayout.Flags"/>. Empty where the network embeds none.</summary>
    public ValueList<int> Flags { get; init; } = [];

    /// <summary>Edges of the bins of embedded numbers: see <see cref="NumericalEmbedding.BinCount"/>. Null where there are none, or the weights have them.</summary>
    public float[]? Edges { get; init; }

    /// <summary>The units of a regression's target; null for classes.</summary>
    public TargetScale? Target { get; init; }

    /// <summary>The scales of an earlier run; null if there is none.</summary>
    public static LearnedScales? Of(TrainingOutcome? previous) => previous is null
        ? null
        : new LearnedScales { Imputation = previous.Imputation, Flags = previous.Flags, Input = previous.InputScaler, Target = previous.TargetScale };
}
