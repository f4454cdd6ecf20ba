using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>What <see cref="RecurrentUnits"/> compute with: a row of each for each sequence.</summary>
/// <param name="units">Numbers of the units' states, whole vectors.</param>
/// <param name="inputs">Numbers of a step.</param>
/// <param name="sums">Numbers that a step computes.</param>
internal sealed class StepMemory(int units, int inputs, int sums)
{
    private readonly KeptRows _states = new(units + inputs);
    private readonly KeptRows _sums = new(sums);
    private readonly KeptRows _cells = new(units);

    /// <summary>(rows, units + inputs): the states, and behind them the numbers of the step.</summary>
    public Matrix States { get; private set; }

    /// <summary>(rows, sums), whatever they are.</summary>
    public Matrix Sums { get; private set; }

    /// <summary>(rows, units): what stands behind the states, where units have such.</summary>
    public Matrix Cells { get; private set; }

    /// <summary>Where a row's step belongs.</summary>
    public Span<float> StepOf(int row) => States.RowSpan(row)[units..];

    /// <summary>Makes room for rows, whose states and cells are 0.</summary>
    public void Clear(int rows)
    {
        (States, Sums, Cells) = (_states.Of(rows), _sums.Of(rows), _cells.Of(rows));
        for (var row = 0; row < rows; row++)
        {
            States.RowSpan(row).Clear();
            Cells.RowSpan(row).Clear();
        }
    }
}
