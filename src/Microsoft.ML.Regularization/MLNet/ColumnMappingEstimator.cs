using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Estimator of a transformer that has nothing to learn: fitting reads no row.</summary>
/// <typeparam name="TTransformer">The transformer.</typeparam>
public abstract class ColumnMappingEstimator<TTransformer> : TrivialEstimator<TTransformer>
    where TTransformer : ColumnMappingTransformer
{
    private protected ColumnMappingEstimator(IHostEnvironment env, string name, TTransformer transformer)
        : base(Contracts.CheckRef(env, nameof(env)).Register(name), transformer)
    {
    }

    /// <summary>The columns with those that are computed.</summary>
    /// <param name="inputSchema">The columns before this estimator.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column to compute from is missing or of another type.</exception>
    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var columns = inputSchema.ToDictionary(column => column.Name);
        foreach (var output in OutputShapes(Host, inputSchema, Transformer.Columns))
            columns[output.Name] = output;
        return new SchemaShape(columns.Values);
    }

    /// <summary>The shapes of the computed columns.</summary>
    private protected abstract IEnumerable<SchemaShape.Column> OutputShapes(
        IExceptionContext context, SchemaShape input, IReadOnlyList<(string Output, string Input)> columns);
}
