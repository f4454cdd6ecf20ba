using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Reports;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>Trains with and without a change.</summary>
internal static class ChangeTrial
{
    /// <exception cref="ArgumentException">The rows are not those of the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ChangeProof Of(IHost host, MLContext ml, ModelParts parts, DiagnosisFinding finding, IDataView data, NeuralNetworkOptions trainer, ProofOptions options)
    {
        var prepared = CacheCheckpoint.Of(host, parts.Prepare(data));
        NeuralNetworkOptions[] both = [trainer, finding.Apply(trainer)];
        var (losses, fits) = (new List<double>[] { [], [] }, 0);
        using var progress = host.StartProgressChannel("Proving");
        progress.SetHeader(new ProgressHeader("fits"), entry => entry.SetProgress(0, fits, 2 * options.Splits));
        for (var seed = 1; seed <= options.Splits; seed++)
        {
            var split = ml.Data.TrainTestSplit(prepared, options.TestFraction, options.SamplingKeyColumnName, seed);
            for (var i = 0; i < both.Length; i++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                var model = TaskTrainers.Make(ml, parts.Network.Task, both[i] with { Seed = seed, CancellationToken = options.CancellationToken }).Fit(split.TrainSet);

                // A fit that was cancelled gives what it has.
                options.CancellationToken.ThrowIfCancellationRequested();
                var scored = model.Transform(split.TestSet);
                var rows = new ScoreReader(host, scored.Schema, trainer.LabelColumnName).Read(scored, int.MaxValue, options.CancellationToken);
                if (rows.Count == 0)
                    throw host.ExceptUserArg(nameof(data), $"There is no row with a label and a prediction: {rows.Skipped} lack one.");
                losses[i].Add(rows.MeanLoss());
                fits++;
            }
        }

        return new ChangeProof(finding.Code(trainer) ?? finding.Change, parts.Network.Task == LearningTask.Regression ? "RMSE" : "log-loss", [.. losses[0]], [.. losses[1]]);
    }
}
