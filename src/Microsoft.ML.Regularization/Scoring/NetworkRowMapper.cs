using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Binds a trained network to the columns of a view: from their rows to its scores.</summary>
internal sealed class NetworkRowMapper : ISchemaBoundRowMapper
{
    private readonly INetworkPredictor _predictor;
    private readonly IExceptionContext _context;
    private readonly InputColumns _columns;

    public NetworkRowMapper(IExceptionContext context, INetworkPredictor predictor, RoleMappedSchema schema)
    {
        _context = context;
        _predictor = predictor;
        _columns = InputColumns.Find(context, schema.Schema, schema.Feature?.Name, predictor.Network.Input, predictor.Network.Keys);
        InputRoleMappedSchema = schema;
    }

    public RoleMappedSchema InputRoleMappedSchema { get; }

    public DataViewSchema InputSchema => InputRoleMappedSchema.Schema;

    public DataViewSchema OutputSchema => _predictor.Network.Scores.Schema;

    public ISchemaBindableMapper Bindable => _predictor;

    public IEnumerable<KeyValuePair<RoleMappedSchema.ColumnRole, string>> GetInputColumnRoles()
    {
        if (_columns.Features is { } features)
            yield return RoleMappedSchema.ColumnRole.Feature.Bind(features.Name);
    }

    public IEnumerable<DataViewSchema.Column> GetDependenciesForNewColumns(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.Any() ? _columns.All : [];

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var getters = new Delegate[OutputSchema.Count];
        var active = activeColumns.Select(column => column.Index).ToList();
        if (active.Count > 0)
        {
            // Rows that were read ahead have their outputs already.
            var prediction = input as INetworkOutputs ?? new RowPrediction(_context, _predictor.Network, _columns, input);
            foreach (var index in active)
                getters[index] = _predictor.Network.Scores.CreateGetter(prediction, index);
        }

        return new SimpleRow(OutputSchema, input, getters);
    }
}
