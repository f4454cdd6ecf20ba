using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Runs trials in this process: it has the rows and the space, of which requests tell only the fingerprint. A program that searches in several processes or on several
/// machines makes the same runner in each.
/// </summary>
public sealed class TrialRunner : ITrialRunner
{
    private static readonly string Here = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}, process {Environment.ProcessId}");

    private readonly MLContext _ml;
    private readonly IHost _host;
    private readonly Deferred<string> _fingerprint;

    /// <summary>A runner.</summary>
    /// <param name="context">The context that the pipeline of the space belongs to. A seed makes its transforms repeat what they draw.</param>
    /// <param name="data">The rows, as the pipeline takes them.</param>
    /// <param name="space">The space.</param>
    public TrialRunner(MLContext context, IDataView data, SearchSpace space)
    {
        Contracts.CheckValue(context, nameof(context));
        (_ml, _host) = (context, ((IHostEnvironment)context).Register(nameof(TrialRunner)));
        _host.CheckValue(data, nameof(data));
        _host.CheckValue(space, nameof(space));
        (Data, Space) = (data, space);
        _fingerprint = new(() => SearchFingerprint.Of(Space, Data, Files));
    }

    /// <summary>
    /// The files that the rows come from, validation rows included. Their content then stands for the rows in the fingerprint, which saves a pass over the rows. Default:
    /// none, the rows are read once.
    /// </summary>
    public ValueList<string> Files { get; init; } = [];

    /// <summary>The space.</summary>
    public SearchSpace Space { get; }

    /// <summary>
    /// Tells searches apart whose trials would not be the same: a hash of the space, and one of files or rows. Code, such as a pipeline's, is not part of it.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public string Fingerprint => _fingerprint.Value;

    internal IDataView Data { get; }

    /// <summary>The clock by which a folder is waited for, which tests replace.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal MLContext Context => _ml;

    /// <summary>Runs a trial from where its last checkpoint left it, and writes its checkpoint and model into its folder.</summary>
    /// <param name="request">Which trial, and how far.</param>
    /// <param name="progress">Is told of every epoch, on the training thread. Default: null.</param>
    /// <param name="cancellationToken">Interrupts it at the next batch.</param>
    /// <returns>What came of it; where options contradict each other or training diverges, that it failed and why.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The request is of other rows or another space.</exception>
    /// <exception cref="IOException">The folder of the search is gone, full or not to be written to; the message names the file.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted before its first epoch was complete.</exception>
    public TrialResult Run(TrialRequest request, IProgress<EpochReport>? progress = null, CancellationToken cancellationToken = default)
    {
        _host.CheckValue(request, nameof(request));
        if (request.Fingerprint != Fingerprint)
        {
            throw _host.ExceptUserArg(
                nameof(request),
                $"Trial {request.Trial.Number} is of {request.Fingerprint}, but this process has {Fingerprint}: give it the same files, or rows, and the same space.");
        }

        var start = Stopwatch.GetTimestamp();
        using var folder = TrialFolder.Open(request.Folder, request.Trial.Number, Clock, cancellationToken);
        var mended = folder.Mend();
        var asked = Space.OptionsOf(request.Trial);
        using var watch = new TrialWatch(request, [asked.Progress, progress], cancellationToken);
        var result = Fit(request, folder, watch, asked with
        {
            Seed = asked.Seed ?? request.Seed,
            PauseShare = request.Share < 1 ? request.Share : null,
            Checkpoints = new CheckpointOptions { Folder = folder.Path, EveryEpochs = int.MaxValue, Interval = request.CheckpointInterval },
            Progress = watch,
            CancellationToken = watch.Token,
        });
        if (!result.HasEnded && result.IsComplete)
            folder.Keep();
        return result with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, Worker = Here, Notices = mended is null ? [] : [mended] };
    }

    private TrialResult Fit(TrialRequest request, TrialFolder folder, TrialWatch watch, NeuralNetworkOptions options)
    {
        var result = new TrialResult { Trial = request.Trial, Share = request.Share };
        try
        {
            var model = Space.Pipeline(options).Fit(Data);
            if (watch.IsTooLarge)
                return TooLarge();
            var network = ModelChain.FindNetwork(model)
                ?? throw _host.ExceptUserArg(nameof(Space), $"There is no neural network in what the pipeline of the space gives, a {model.GetType().Name}.");
            var history = network.History;
            if (ValueOf(history, request.Metric) is not { } value)
                return result with { HasEnded = true, Failure = $"{request.Metric} was not measured: there are no validation rows, or it is not defined on them." };
            Save(model, TrialFolder.ModelOf(request.Folder, request.Trial.Number), folder);
            var isCancelled = history.StopReason == StopReason.Cancelled;
            var isReached = history.Epochs is [.., var last] && last.Epoch >= TrainingSettings.EpochsOf(request.Share, last.TotalEpochs);
            return result with { Value = value, Epochs = history.Epochs.Count, HasEnded = !isCancelled, IsInterrupted = isCancelled && !isReached };
        }
        catch (OperationCanceledException) when (watch.IsTooLarge)
        {
            return TooLarge();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or TimeoutException or FormatException)
        {
            // Not where it is the storage's fault, which a later search may find mended.
            folder.Check();
            return result with { HasEnded = true, Failure = exception.Message };
        }

        TrialResult TooLarge() => result with { HasEnded = true, Failure = $"It took more than MaxMegabytes ({request.MaxMegabytes}) of memory." };
    }

    private void Save(ITransformer model, string path, TrialFolder folder) =>
        ModelArchive.Replace(_ml.Model, model, Data.Schema, path, Path.Combine(folder.Path, "model.zip.tmp"));

    private static double? ValueOf(TrainingHistory history, ValidationMetric metric)
    {
        var metrics = history.OutOfFoldMetrics
            ?? history.Epochs.FirstOrDefault(epoch => epoch.Epoch == history.ModelEpoch)?.ValidationMetrics
            ?? history.Probe?.ValidationMetrics;
        return metrics is not null && metrics.TryGetValue(metric, out var value) && double.IsFinite(value) ? value : null;
    }
}
