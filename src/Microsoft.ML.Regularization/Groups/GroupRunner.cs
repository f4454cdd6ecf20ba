using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Groups;
using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Trains networks of groups for <see cref="GroupCatalog.FitEach"/> in another process: it has the rows, and finds the common model in the folder that all share. A program that fits each group in
/// several processes or on several machines makes the same runner in each.
/// </summary>
/// <example><code>
/// if (TrialWorker.RunIfAsked(args, () => new GroupRunner(ml, LoadSales(ml), "Shop")))
///     return;
/// </code></example>
public sealed class GroupRunner : ITrialRunner
{
    private static readonly string Here = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}, process {Environment.ProcessId}");

    private readonly MLContext _ml;
    private readonly IHost _host;
    private readonly Deferred<string> _fingerprint;
    private readonly Deferred<GroupRows> _groups;
    private readonly Lock _finding = new();
    private (string Version, CommonModel Model, IDataView Prepared)? _last;

    /// <summary>A runner.</summary>
    /// <param name="context">The context.</param>
    /// <param name="data">The rows, as the pipeline takes them.</param>
    /// <param name="groupBy">The column that tells groups apart.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or its values tell no groups apart.</exception>
    public GroupRunner(MLContext context, IDataView data, string groupBy)
    {
        Contracts.CheckValue(context, nameof(context));
        (_ml, _host) = (context, ((IHostEnvironment)context).Register(nameof(GroupRunner)));
        _host.CheckValue(data, nameof(data));
        _host.CheckNonWhiteSpace(groupBy, nameof(groupBy));
        (Data, GroupBy) = (data, groupBy);
        var column = GroupColumn.Find(_host, data.Schema, groupBy);
        _fingerprint = new(() => $"groups by {groupBy} of {RowsHash.Of(data)}");
        _groups = new(() => GroupRows.Read(data, column, default));
    }

    /// <summary>The column that tells groups apart.</summary>
    public string GroupBy { get; }

    /// <inheritdoc/>
    public string Fingerprint => _fingerprint.Value;

    internal IDataView Data { get; }

    internal GroupRows Groups => _groups.Value;

    /// <inheritdoc/>
    public TrialResult Run(TrialRequest request, IProgress<EpochReport>? progress = null, CancellationToken cancellationToken = default)
    {
        _host.CheckValue(request, nameof(request));
        if (request.Fingerprint != Fingerprint)
            throw _host.ExceptUserArg(nameof(request), $"Trial {request.Trial.Number} is of {request.Fingerprint}, but this process has {Fingerprint}: give it the same rows and the same group column.");

        var start = Stopwatch.GetTimestamp();
        var asked = GroupTrials.Of(_host, request.Trial);
        var folder = new GroupFolder(_host, _ml, request.Folder);
        var options = folder.Settings().ToOptions(cancellationToken);
        var (common, prepared) = Find(folder, asked.Common);
        var training = common.TrainingOn(_host, prepared, options, request.Seed, progress);
        using var work = new LocalGroupWork(_host, _ => prepared, options, request.Seed);
        var loss = asked.IsCompared ? LossOf(work, training, asked, options, request.Seed) : Fit(folder, work, training, asked, common);
        return new TrialResult
        {
            Trial = request.Trial, Share = request.Share, Value = loss, HasEnded = true, Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, Worker = Here,
        };
    }

    // Several trials in turn start from the same model.
    private (CommonModel Model, IDataView Prepared) Find(GroupFolder folder, string name)
    {
        lock (_finding)
        {
            var version = folder.VersionOf(name);
            if (_last is not { } last || last.Version != version)
            {
                var common = folder.FindCommon(name) ?? throw new IOException($"The common model '{name}.zip' is missing in '{folder.Path}'.");
                _last = last = (version, common, common.Prepare(_host, Data));
            }

            return (last.Model, last.Prepared);
        }
    }

    private double LossOf(LocalGroupWork work, GroupTraining training, GroupTrials asked, GroupOptions options, int seed)
    {
        var split = GroupSplit.Of(Groups, options, seed);
        var losses = new double[asked.Count];
        work.Run(losses.Length, isComparing: true, item =>
        {
            var group = split.Groups[asked.First + item];
            losses[item] = training.TryLoss(split.TrainedOf(group), split.HeldOutOf(group), asked.Pull);
        });
        return losses.Sum();
    }

    private double Fit(GroupFolder folder, LocalGroupWork work, GroupTraining training, GroupTrials asked, CommonModel common)
    {
        var fits = work.Fit(training, Groups, Enumerable.Range(asked.First, asked.Count), asked.Pull!.Value);
        folder.SaveGroups(asked.First, new GroupTransformer(_host, GroupBy, common.Chain.Own, asked.Pull, fits));
        return fits.Count(fit => fit.Network is not null);
    }
}
