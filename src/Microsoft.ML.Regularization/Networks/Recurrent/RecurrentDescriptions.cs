namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows become steps (batch, steps, numbers of a step).</summary>
/// <param name="Steps">How many.</param>
/// <param name="Width">Numbers of each.</param>
internal sealed record StepsDescription(int Steps, int Width) : LayerDescription;

/// <summary>Recurrent units that read steps in one direction or in both: see <see cref="RecurrentLayer"/>.</summary>
/// <param name="Names">The names among the network's tensors: of the units that read ahead, then of those that read back, where there are some.</param>
/// <param name="Cell">The kind of unit.</param>
/// <param name="Inputs">Numbers of a step before it.</param>
/// <param name="Units">Units of a direction.</param>
internal sealed record RecurrentDescription(IReadOnlyList<string> Names, RecurrentCell Cell, int Inputs, int Units) : LayerDescription
{
    /// <summary>How the states of all steps become one; null where they stay.</summary>
    public SequencePooling? Pooling { get; init; }
}
