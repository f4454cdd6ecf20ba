namespace Microsoft.ML.Regularization.Networks;

/// <summary>What recurrent units make of the sums of a step, of one row, and the way back.</summary>
internal abstract unsafe class StepGates
{
    /// <summary>The sums of a unit.</summary>
    public abstract IReadOnlyList<GateBlock> Blocks { get; }

    /// <param name="cell">The kind of unit.</param>
    /// <param name="units">Whole vectors of them.</param>
    public static StepGates Of(RecurrentCell cell, int units) => cell.Gates == 4 ? new LstmGates(units) : new GruGates(units);

    /// <summary>Opens the gates.</summary>
    /// <param name="gates">The sums, which become what the way back needs.</param>
    /// <param name="before">The cells before the step; of units without cells their states.</param>
    /// <param name="cell">Receives those after it.</param>
    /// <param name="state">Receives the states.</param>
    public abstract void Open(float* gates, float* before, float* cell, float* state);

    /// <summary>The gradient by the sums, and by the cells before the step.</summary>
    /// <param name="gates">What <see cref="Open"/> made of the sums; receives the gradient by them.</param>
    /// <param name="before">The cells before the step.</param>
    /// <param name="cell">The cells after it.</param>
    /// <param name="state">The gradient by the states.</param>
    /// <param name="memory">The gradient by the cells, from later steps; becomes that by the cells before the step.</param>
    public abstract void Reverse(float* gates, float* before, float* cell, float* state, float* memory);
}
