using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Warns of columns that a trainer reads but that a mixing transform before it does not mix although it mixes labels: such a column does not match the mixed
/// label.
/// </summary>
internal static class UnmixedColumns
{
    public static void Report(IChannel channel, IDataView view, TrainingColumns columns)
    {
        var views = Upstream.Of(view).ToList();
        if (!views.Exists(candidate => candidate is AugmentedView { MixesRows: true }))
            return;

        var roles = RolesOf(columns);
        for (var i = 0; i < views.Count; i++)
        {
            if (views[i] is AugmentedView augmented)
                Report(channel, augmented, roles);
            if (i + 1 < views.Count)
                roles = roles.ConvertAll(role => role with { Columns = InSource(views[i], views[i + 1], role.Columns) });
        }
    }

    private static List<Role> RolesOf(TrainingColumns columns)
    {
        var names = columns.Names;
        var roles = new List<Role> { new([columns.Label], left => $"{left}: name it as LabelColumnName") };
        if (columns.Input.Features is { } features)
            roles.Insert(0, new([features], left => $"{left}: put the transforms that make '{names.Features}' of it before"));
        if (columns.Weight is { } weight)
            roles.Add(new([weight], left => $"{left}: name it as ExampleWeightColumnName"));
        if (columns.Input.Categories.Count > 0)
            roles.Add(new(columns.Input.Categories, left => $"{left}: name it in CategoricalColumnNames"));
        return roles;
    }

    private static void Report(IChannel channel, AugmentedView view, List<Role> roles)
    {
        var mixings = view.Mixings.Where(mixing => mixing.MixesLabels && !mixing.NeverMixes).ToList();
        if (mixings.Count == 0)
            return;

        var left = roles
            .Select(role => (role.Advice, Names: role.Columns.Select(column => column.Name).Where(name => !mixings.TrueForAll(mixing => mixing.Names(name))).Distinct()))
            .Where(role => role.Names.Any())
            .Select(role => role.Advice(string.Join(" and ", role.Names.Select(name => $"'{name}'"))))
            .ToList();
        if (left.Count > 0)
        {
            channel.Warning(
                $"{view.AugmentationName} mixes labels, but leaves as they are columns that this trainer reads, or that they are made of: {string.Join("; ", left)}.");
        }
    }

    /// <summary>The columns of a view's source that columns of the view are made of, as far as it tells.</summary>
    private static IReadOnlyList<DataViewSchema.Column> InSource(IDataView view, IDataView source, IEnumerable<DataViewSchema.Column> columns) =>
        view is IRowToRowMapper mapper
            ? [.. mapper.GetDependencies(columns)]
            : [.. columns.Select(column => source.Schema.GetColumnOrNull(column.Name)).OfType<DataViewSchema.Column>()];

    /// <summary>The columns that a trainer reads for one purpose.</summary>
    /// <param name="Columns">The columns that it is made of, in the view that is looked at.</param>
    /// <param name="Advice">Advice if some of them are not mixed.</param>
    private sealed record Role(IReadOnlyList<DataViewSchema.Column> Columns, Func<string, string> Advice);
}
