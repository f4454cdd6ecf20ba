using System.Globalization;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Writes the checkpoints of a run when they are due.</summary>
/// <param name="channel">Told where one cannot be written.</param>
/// <param name="checkpoint">The file.</param>
/// <param name="run">Holds the state to write.</param>
/// <param name="best">The run's best epoch.</param>
/// <param name="time">The clock.</param>
internal sealed class CheckpointWriter(IChannel channel, RunCheckpoint checkpoint, ICheckpointed run, BestWeights best, TimeProvider time)
{
    private long _written = time.GetTimestamp();
    private NetworkWeights? _bestInFile;

    /// <summary>Called after each batch.</summary>
    public void AfterBatch()
    {
        if (checkpoint.Options.Interval is { } interval && time.GetElapsedTime(_written) >= interval)
            Write();
    }

    /// <summary>Called at the end of an epoch, after evaluation.</summary>
    public void AfterEpoch(int epoch, bool isLast)
    {
        if (isLast || epoch % checkpoint.Options.EveryEpochs == 0)
            Write();
    }

    /// <summary>Writes a checkpoint; if that fails, the previous one stays and training continues.</summary>
    public void Write()
    {
        _written = time.GetTimestamp();
        try
        {
            if (best.Weights is { } weights && weights != _bestInFile)
            {
                checkpoint.WriteBest(weights);
                _bestInFile = weights;
            }

            checkpoint.Write(run);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            channel.Warning(string.Create(
                CultureInfo.InvariantCulture,
                $"A checkpoint could not be written into '{checkpoint.Options.Folder}', and the one before stays: {exception.Message}"));
        }
    }
}
