using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Groups;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>One model for each group of a table.</summary>
public static class GroupCatalog
{
    /// <summary>
    /// Fits one model for each group of a table, such as for each shop: the pipeline is fitted to all rows, and its neural network is then trained further on the rows of each group, held at the common one
    /// the more strongly the fewer rows the group has (L2-SP; Li, Grandvalet and Davoine, 2018). How strongly is chosen by rows that groups hold out; where no group's own network is better, the common one stays.
    /// </summary>
    /// <remarks>
    /// The result is one model, for one file. Each row is scored by the network of its group; rows of groups that were not there, and those whose group is missing, by the common one. The transforms before the network are
    /// those of all rows. <see cref="GetGroups"/> tells what each group got. The same seed and rows give the same model, bit for bit, however many threads there are.
    /// </remarks>
    /// <param name="catalog">The catalog.</param>
    /// <param name="pipeline">Ends in, or has, a trainer of neural networks; the last one is trained for each group. It must keep the group column.</param>
    /// <param name="data">The rows, of all groups.</param>
    /// <param name="groupBy">The column whose values tell groups apart: texts, keys, numbers or flags. Rows where it is missing belong to no group.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or no such network, or an option is out of its range; the message tells which.</exception>
    /// <exception cref="InvalidOperationException">There is no group.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <example><code>
    /// var model = ml.Regularization().FitEach(pipeline, sales, "Shop");
    /// ml.Model.Save(model, sales.Schema, "shops.zip");
    /// </code></example>
    public static TransformerChain<ITransformer> FitEach(
        this RegularizationCatalog catalog, IEstimator<ITransformer> pipeline, IDataView data, string groupBy, GroupOptions? options = null)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        var host = ((IHostEnvironment)catalog.Context).Register(nameof(FitEach));
        host.CheckValue(pipeline, nameof(pipeline));
        host.CheckValue(data, nameof(data));
        host.CheckNonWhiteSpace(groupBy, nameof(groupBy));
        options ??= new GroupOptions();
        options.Validate(host);
        return GroupEngine.Fit(host, catalog.Context, pipeline, data, groupBy, options);
    }

    /// <summary>The part of a fitted or loaded model that scores each row with the network of its group; it tells what each group got. Of several the last one.</summary>
    /// <param name="model">A chain of transformers, or a single one.</param>
    /// <exception cref="ArgumentException">The model has no groups.</exception>
    /// <example><code>
    /// foreach (var group in model.GetGroups().Groups)
    ///     Console.WriteLine($"{group.Name}, {group.Rows} rows: {(group.Network is null ? "the common network" : "its own")}");
    /// </code></example>
    public static GroupTransformer GetGroups(this ITransformer model)
    {
        Contracts.CheckValue(model, nameof(model));
        return ChainLinks.Of(model).Select(link => link.Transformer).OfType<GroupTransformer>().LastOrDefault()
            ?? throw Contracts.ExceptParam(nameof(model), $"The model, a {model.GetType().Name}, has no groups: FitEach gives one that has.");
    }
}
