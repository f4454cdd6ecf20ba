using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Cells that were swapped, and the rows that they were in: see <see cref="DenoisingTask"/>.</summary>
internal sealed class DenoisingPretext : Pretext
{
    private readonly RowCells _cells;
    private readonly SwapNoise _noise;
    private readonly InputScalingLayer? _scaling;

    /// <param name="rows">The table.</param>
    /// <param name="task">The task.</param>
    public DenoisingPretext(PretextRows rows, DenoisingTask task)
    {
        _cells = new RowCells(rows);
        _noise = new SwapNoise(_cells, task.SwapRate, rows.Key.Derive("swap noise"));
        _scaling = rows.Scaler is null ? null : new InputScalingLayer(rows.Scaler);
        Objective = new DenoisingObjective(_cells, task.DetectionWeight);
        Outputs = _cells.Numbers + _cells.Count + _cells.Values.Sum(values => values + 1);
    }

    public override int Outputs { get; }

    public override Objective Objective { get; }

    /// <summary>Targets (batch, numbers, then for each number whether it was given, for each cell whether it was changed, keys).</summary>
    public override TrainingBatch Pose(TrainingBatch rows, ulong step)
    {
        using var scope = NewDisposeScope();
        var clean = rows.Features;
        var (numbers, keys) = (_cells.Numbers, _cells.Values.Count);
        var changed = _noise.Apply(clean, step);
        _scaling?.to(clean.device);
        var scaled = numbers == 0 ? clean.narrow(1, 0, 0) : (_scaling is null ? clean : _scaling.forward(clean)).narrow(1, 0, numbers);
        var given = rows.Given is { } flags ? flags.narrow(1, 0, numbers).to_type(ScalarType.Float32) : ones_like(scaled);
        using var places = tensor(_cells.Places.ToArray(), ScalarType.Int32, CPU).to(clean.device);
        var differs = changed.ne(clean).index_select(1, places).to_type(ScalarType.Float32);
        var targets = cat([scaled, given, differs, clean.narrow(1, clean.shape[1] - keys, keys)], 1);
        return rows with { Features = changed.MoveToOuterDisposeScope(), Targets = targets.MoveToOuterDisposeScope(), Given = null };
    }

    public override void Dispose()
    {
        _scaling?.Dispose();
        base.Dispose();
    }
}
