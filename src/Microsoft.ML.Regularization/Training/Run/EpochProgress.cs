using System.Diagnostics;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The progress of the current epoch, and its sums over the batches so far.</summary>
internal sealed class EpochProgress(TimeProvider time) : ICheckpointed
{
    private long _start = time.GetTimestamp();
    private TimeSpan _before;

    /// <summary>Batches that are done.</summary>
    public int Batches { get; private set; }

    /// <summary>Their rows.</summary>
    public long Rows { get; private set; }

    /// <summary>The sum of the rows' losses.</summary>
    public double LossSum { get; private set; }

    /// <summary>The sum of the batches' gradient norms.</summary>
    public double NormSum { get; private set; }

    /// <summary>The gradient norm of the last batch.</summary>
    public double LearningRate { get; private set; }

    /// <summary>The part of this process's time that was spent in network, loss and optimizer.</summary>
    public TimeSpan Computing { get; private set; }

    public TimeSpan Elapsed => _before + time.GetElapsedTime(_start);

    /// <summary>Called when the epoch starts or resumes: the time in between does not count.</summary>
    public void Begin() => _start = time.GetTimestamp();

    public void Add(double loss, int rows, double norm, double learningRate)
    {
        Batches++;
        Rows += rows;
        LossSum += loss * rows;
        NormSum += norm;
        LearningRate = learningRate;
    }

    /// <summary>Adds the time that a step has computed since this time stamp.</summary>
    public void AddComputing(long since) => Computing += Stopwatch.GetElapsedTime(since);

    /// <summary>Resets the progress for the next epoch.</summary>
    public void Clear()
    {
        (Batches, Rows, LossSum, NormSum, Computing, _before) = (0, 0, 0, 0, TimeSpan.Zero, TimeSpan.Zero);
        _start = time.GetTimestamp();
    }

    public void Checkpoint(CheckpointState state)
    {
        Batches = state.Value("batches", Batches);
        Rows = state.Value("rows", Rows);
        LossSum = state.Value("lossSum", LossSum);
        NormSum = state.Value("normSum", NormSum);
        LearningRate = state.Value("learningRate", LearningRate);
        _before = state.Value("elapsed", Elapsed);
        _start = time.GetTimestamp();
    }
}
