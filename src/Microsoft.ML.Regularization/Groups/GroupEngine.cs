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
internal sealed class GroupEngine(IHost host, GroupOptions options, IEstimator<ITransformer> pipeline, IDataView data, string groupBy)
{
    // A network that has not seen so few of the rows is as good as one of all.
    private const double FewRows = 0.05;

    private readonly int _seed = Seeds.Resolve(host, options.Seed);

    /// <summary>The model of all groups.</summary>
    public TransformerChain<ITransformer> Fit()
    {
        using var channel = host.Start("Fitting each group");
        var groups = GroupRows.Read(data, GroupColumn.Find(host, data.Schema, groupBy), options.CancellationToken);
        if (groups.Names.Count == 0)
            throw host.Except($"Column '{groupBy}' has no value in any of {groups.Count} rows: there are no groups to fit.");
        if (groups.Without > 0)
            channel.Info($"Column '{groupBy}' is missing in {groups.Without} of {groups.Count} rows: the common network alone learns of them.");

        using var work = new GroupWork(options);
        var (common, pull) = FitCommon(channel, groups, work);
        return common.Chain.With(new GroupTransformer(host, groupBy, common.Chain.Own, pull, FitGroups(channel, groups, work, common.Training, pull)));
    }

    private (Common Common, double? Pull) FitCommon(IChannel channel, GroupRows groups, GroupWork work)
    {
        var split = new GroupSplit(groups, options, RandomKey.FromSeed(_seed).Derive("rows held out by groups"));
        if (options.ComparedGroups == 0)
            return (FitCommon(data, groups), options.Pulls[0]);
        if (split.HeldOutCount == 0)
        {
            channel.Warning($"None of {groups.Names.Count} groups has MinRows ({options.MinRows}) rows: the common network predicts for all of them.");
            return (FitCommon(data, groups), null);
        }

        var common = FitCommon(new SkippedRowsView(host, data, split.HeldOutAmong(groups.Count)), groups);
        var pull = PullChoice.Of(channel, split, common.Training, work, options.Pulls);
        return (split.HeldOutCount <= FewRows * groups.Count ? common : FitCommon(data, groups), pull);
    }

    private Common FitCommon(IDataView rows, GroupRows groups)
    {
        var chain = NetworkChain.Of(host, nameof(pipeline), pipeline.Fit(rows));
        var columns = FittedColumns.Of(chain.Network)
            ?? throw host.ExceptUserArg(nameof(pipeline), "The network in what the pipeline gives was not trained by it: there is nothing to train for each group.");
        var prepared = chain.Prepare(data);
        GroupColumn.Find(host, prepared.Schema, groupBy);
        return new Common(chain, new GroupTraining(host, chain.Network, columns, CacheCheckpoint.Of(host, prepared), options, _seed));
    }

    private GroupFit[] FitGroups(IChannel channel, GroupRows groups, GroupWork work, GroupTraining training, double? pull)
    {
        var fits = groups.Names.Select((name, group) => new GroupFit { Name = name, Rows = groups[group].Count }).ToArray();
        var large = pull is null ? [] : Enumerable.Range(0, fits.Length).Where(group => fits[group].Rows >= options.MinRows).ToList();
        work.Run(large.Count, isComparing: false, item =>
        {
            var group = large[item];
            try
            {
                fits[group] = fits[group] with { Network = training.Fit(groups[group], pull!.Value) };
            }
            catch (InvalidOperationException exception)
            {
                fits[group] = fits[group] with { Problem = exception.Message };
            }
        });
        foreach (var fit in fits.Where(fit => fit.Problem is not null))
            channel.Warning($"Group '{fit.Name}' has no network of its own: {fit.Problem}");
        channel.Info($"Of {fits.Length} groups {fits.Count(fit => fit.Network is not null)} have networks of their own{(pull is { } held ? $", pull {held}" : "")}.");
        return fits;
    }

    private sealed record Common(NetworkChain Chain, GroupTraining Training);
}
