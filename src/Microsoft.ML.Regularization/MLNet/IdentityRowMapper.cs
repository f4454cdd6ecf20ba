using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Maps each row to itself.</summary>
internal sealed class IdentityRowMapper(DataViewSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema { get; } = schema;

    public DataViewSchema OutputSchema => InputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => dependingColumns;

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => input;
}
