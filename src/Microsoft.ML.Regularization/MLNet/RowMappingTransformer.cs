using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A transformer that computes columns row by row, on the thread that reads them, and that model files hold.</summary>
public abstract class RowMappingTransformer : RowToRowTransformerBase, ITransformer
{
    private protected RowMappingTransformer(IHostEnvironment env, string name)
        : base(Contracts.CheckRef(env, nameof(env)).Register(name))
    {
    }

    private protected new IHost Host => base.Host;

    /// <summary>How the transformer is marked in model files.</summary>
    private protected abstract ModelFormat FileFormat { get; }

    /// <summary>Adds the columns, lazily: while rows are read, and only where they are asked for.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type than in training; the message names it.</exception>
    public new IDataView Transform(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        return new OneCursorView(input, rows => (IDataTransform)base.Transform(rows));
    }

    /// <summary>How the rows of a schema are mapped.</summary>
    private protected abstract RowMapping Bind(DataViewSchema schema);

    private protected abstract void Write(ModelWriter writer);

    /// <summary>Writes the transformer.</summary>
    /// <param name="ctx">Where to.</param>
    protected sealed override void SaveModel(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        Write(ModelWriter.Start(ctx, FileFormat));
    }

    /// <summary>What maps the rows of a schema.</summary>
    /// <param name="schema">The columns before this transformer.</param>
    protected sealed override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    private sealed class Mapper(RowMappingTransformer parent, DataViewSchema schema) : MapperBase(parent.Host, schema, parent)
    {
        private readonly RowMapping _mapping = parent.Bind(schema);

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => _mapping.Outputs;

        public override Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;

            // If no output is active, the columns that it is computed from are not active either and must not be read.
            return IsAnyActive(activeOutput) ? _mapping.CreateGetters(input, activeOutput) : new Delegate[_mapping.Outputs.Length];
        }

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer) =>
            CreateGetters(input, activeOutput, out disposer)[iinfo];

        protected override Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput)
        {
            var isActive = IsAnyActive(activeOutput);
            return column => isActive && _mapping.Reads(column);
        }

        protected override void SaveModel(ModelSaveContext ctx) => parent.SaveModel(ctx);

        private bool IsAnyActive(Func<int, bool> activeOutput) => Enumerable.Range(0, _mapping.Outputs.Length).Any(activeOutput);
    }
}
