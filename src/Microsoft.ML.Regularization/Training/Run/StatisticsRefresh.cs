using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Recomputes the running statistics of batch normalization for weights that no training step has used: the mean over batches of each batch's mean and
/// unbiased variance, weighted by the batch's number of rows (PyTorch's <c>update_bn</c> weights all batches equally). Unlike there, noise layers are
/// switched off, as they are at scoring.
/// </summary>
/// <param name="rows">Gives the training rows.</param>
/// <param name="network">The network.</param>
/// <param name="batches">Gathers the rows.</param>
/// <param name="batchSize">Rows at a time.</param>
/// <param name="key">Shuffles the rows, which may come sorted.</param>
/// <param name="watch">Signals when the fit is to end; null for never.</param>
internal sealed class StatisticsRefresh(
    Func<Dataset> rows, Network network, Collator batches, int batchSize, RandomKey key, FitWatch? watch = null)
    : IStatisticsRefresh
{
    public IDisposable Run()
    {
        var kept = network.Statistics.Keep();
        if (!network.Statistics.Any || network.FreezesStatistics)
            return kept;

        try
        {
            Learn();
            return kept;
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    private void Learn()
    {
        using var shuffled = rows().Shuffled(key, epoch: 0, batchSize, needsTwoRows: true);
        for (var seen = 0L; shuffled.MoveNext();)
        {
            watch?.ThrowIfInterrupted();
            using var pass = network.Begin(isTraining: false);
            seen += shuffled.Rows.Length;
            using var learning = network.Statistics.Learn((double)shuffled.Rows.Length / seen);
            network.Outputs(batches.Gather(shuffled.Table, shuffled.Rows, labelSmoothing: 0).Input);
        }
    }
}
