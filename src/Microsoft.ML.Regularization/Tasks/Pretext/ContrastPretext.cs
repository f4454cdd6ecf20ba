using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Rows, and behind them the same rows with swapped cells: see <see cref="ContrastTask"/>.</summary>
/// <param name="rows">The table.</param>
/// <param name="task">The task.</param>
internal sealed class ContrastPretext(PretextRows rows, ContrastTask task) : Pretext
{
    private readonly SwapNoise _noise = new(new RowCells(rows), task.SwapRate, rows.Key.Derive("swap noise"));

    public override int Outputs => task.Size;

    public override Objective Objective { get; } = new ContrastObjective(task.Temperature);

    public override TrainingBatch Pose(TrainingBatch rows, ulong step)
    {
        using var scope = NewDisposeScope();
        var both = cat([rows.Features, _noise.Apply(rows.Features, step)], 0);
        return rows with { Features = both.MoveToOuterDisposeScope(), Given = null };
    }
}
