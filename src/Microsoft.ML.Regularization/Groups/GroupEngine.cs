using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Fits a pipeline to all rows, and its network then to the rows of each group.</summary>
/// <param name="host">The environment.</param>
/// <param name="options">How.</param>
/// <param name="pipeline">The pipeline.</param>
/// <param name="data">The rows.</param>
/// <param name="groupBy">What tells groups apart.</param>
/// <param name="seed">Of the held-out rows and of the groups' training.</param>
internal sealed class GroupEngine(IHost host, GroupOptions options, IEstimator<ITransformer> pipeline, IDataView data, string groupBy, int seed)
{
    // A network that has not seen so few of the rows is as good as one of all.
    private const double FewRows = 0.05;

    /// <summary>A fit, here or by an executor.</summary>
    /// <param name="host">The environment.</param>
    /// <param name="ml">Reads and writes models.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="data">The rows.</param>
    /// <param name="groupBy">What tells groups apart.</param>
    /// <param name="options">How.</param>
    public static TransformerChain<ITransformer> Fit(IHost host, MLContext ml, IEstimator<ITransformer> pipeline, IDataView data, string groupBy, GroupOptions options)
    {
        var seed = Seeds.Resolve(host, options.Seed);
        var runner = new GroupRunner(ml, data, groupBy);
        using IGroupWork work = options is { Executor: null, Folder: null }
            ? new LocalGroupWork(host, common => common.Prepare(host, data), options, seed)
            : new ExecutedGroupWork(host, ml, runner, options, seed);
        return new GroupEngine(host, options, pipeline, data, groupBy, seed).Fit(runner.Groups, work);
    }

    /// <summary>The model of all groups.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="work">Trains their networks.</param>
    private TransformerChain<ITransformer> Fit(GroupRows groups, IGroupWork work)
    {
        using var channel = host.Start("Fitting each group");
        if (groups.Names.Count == 0)
            throw host.Except($"Column '{groupBy}' has no value in any of {groups.Count} rows: there are no groups to fit.");
        if (groups.Stray > 0)
            channel.Info($"Column '{groupBy}' is missing in {groups.Stray} of {groups.Count} rows: the common network alone learns of them.");

        var (common, pull) = FitCommon(channel, groups, work);
        var fits = pull is { } held ? work.Fit(common, groups, held) : [.. Enumerable.Range(0, groups.Names.Count).Select(groups.Without)];
        foreach (var fit in fits.Where(fit => fit.Problem is not null))
            channel.Warning($"Group '{fit.Name}' has no network of its own: {fit.Problem}");
        channel.Info($"Of {fits.Count} groups {fits.Count(fit => fit.Network is not null)} have networks of their own.");
        return common.Chain.With(new GroupTransformer(host, groupBy, common.Chain.Own, pull, fits));
    }

    private (CommonModel Common, double? Pull) FitCommon(IChannel channel, GroupRows groups, IGroupWork work)
    {
        if (options.ComparedGroups == 0)
            return (FitCommon(groups, work, data, isCompared: false), options.Pulls[0]);
        var split = GroupSplit.Of(groups, options, seed);
        if (split.HeldOutCount == 0)
        {
            channel.Warning($"None of {groups.Names.Count} groups has MinRows ({options.MinRows}) rows: the common network predicts for all of them.");
            return (FitCommon(groups, work, data, isCompared: false), null);
        }

        var common = FitCommon(groups, work, new SkippedRowsView(host, data, split.HeldOutAmong(groups.Count)), isCompared: true);
        var pull = PullChoice.Of(channel, work, common, split, options.Pulls);
        return (split.HeldOutCount <= FewRows * groups.Count ? common : FitCommon(groups, work, data, isCompared: false), pull);
    }

    private CommonModel FitCommon(GroupRows groups, IGroupWork work, IDataView rows, bool isCompared)
    {
        if (work.FindCommon(isCompared) is { } known)
            return known;
        var chain = NetworkChain.Of(host, nameof(pipeline), pipeline.Fit(rows));
        var columns = FittedColumns.Of(chain.Network)
            ?? throw host.ExceptUserArg(nameof(pipeline), "The network in what the pipeline gives was not trained by it: there is nothing to train for each group.");
        var prepared = chain.Prepare(data);
        if (!GroupRows.Read(prepared, GroupColumn.Find(host, prepared.Schema, groupBy), options.CancellationToken).AreThoseOf(groups))
            throw host.ExceptUserArg(nameof(pipeline), $"The pipeline leaves out rows, or changes column '{groupBy}': do so before it.");
        return new CommonModel(chain, columns);
    }
}
