using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A model bound to the columns of a view: from their rows to its scores.</summary>
internal abstract class BoundModel(ModelBinding binding) : ISchemaBoundRowMapper
{
    public RoleMappedSchema InputRoleMappedSchema => binding.Roles;

    public DataViewSchema InputSchema => binding.Schema;

    public ISchemaBindableMapper Bindable => binding.Model;

    public abstract DataViewSchema OutputSchema { get; }

    /// <summary>The columns that the scores are made of.</summary>
    protected abstract IEnumerable<DataViewSchema.Column> Reads { get; }

    /// <summary>The column of features; null where there is none.</summary>
    protected abstract DataViewSchema.Column? Features { get; }

    public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles()
    {
        if (Features is { } features)
            yield return RoleMappedSchema.ColumnRole.Feature.Bind(features.Name);
    }

    public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.Any() ? Reads : [];

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var getters = new Delegate[OutputSchema.Count];
        var active = activeColumns.Select(column => column.Index).ToList();
        if (active.Count > 0)
            Fill(getters, active, input);
        return new SimpleRow(OutputSchema, input, getters);
    }

    /// <summary>Makes the getters of score columns.</summary>
    /// <param name="getters">Receives them in the columns' places.</param>
    /// <param name="active">The columns' places, one at least.</param>
    /// <param name="input">Stands on the row.</param>
    protected abstract void Fill(Delegate[] getters, IReadOnlyList<int> active, DataViewRow input);
}
