using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A transformer that computes each of its columns from one column of the rows, at training and at scoring alike, and that model files hold.</summary>
public abstract class ColumnMappingTransformer : OneToOneTransformerBase
{
    private protected ColumnMappingTransformer(IHostEnvironment env, string name, (string Output, string Input)[] columns)
        : base(Contracts.CheckRef(env, nameof(env)).Register(name), columns)
    {
    }

    private protected ColumnMappingTransformer(IHostEnvironment env, string name, ModelReader reader)
        : base(env.Register(name), reader.Context)
    {
    }

    /// <summary>Names of the computed columns, and of those that they are computed from.</summary>
    internal IReadOnlyList<(string Output, string Input)> Columns => ColumnPairs;

    private protected new IHost Host => base.Host;

    /// <summary>How the transformer is marked in model files.</summary>
    private protected abstract ModelFormat FileFormat { get; }

    /// <summary>The computed columns, for rows of those columns.</summary>
    private protected abstract DataViewSchema.DetachedColumn[] OutputColumns(DataViewSchema inputSchema);

    /// <summary>Checks that a column can be computed from.</summary>
    private protected abstract void Check(DataViewSchema.Column input);

    /// <summary>The getter of a computed column.</summary>
    /// <param name="row">Stands on the row.</param>
    /// <param name="input">The column that it is computed from.</param>
    /// <param name="output">Its number among the computed columns.</param>
    private protected abstract Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int output);

    /// <summary>Writes what stands behind the names of the columns.</summary>
    private protected abstract void Write(ModelWriter writer);

    /// <summary>Writes the transformer.</summary>
    /// <param name="ctx">Where to.</param>
    protected sealed override void SaveModel(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        var writer = ModelWriter.Start(ctx, FileFormat);

        // *** Binary format ***
        // <base: names of columns>
        // <what the transformer adds>
        SaveColumns(ctx);
        Write(writer);
    }

    /// <summary>What maps the rows of a schema.</summary>
    /// <param name="schema">The columns before this transformer.</param>
    protected sealed override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    /// <summary>Checks that a column can be computed from.</summary>
    /// <param name="inputSchema">The columns before this transformer.</param>
    /// <param name="col">Which pair of columns.</param>
    /// <param name="srcCol">The column.</param>
    protected sealed override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol) => Check(inputSchema[srcCol]);

    private sealed class Mapper(ColumnMappingTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => parent.OutputColumns(InputSchema);

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            return parent.CreateGetter(input, input.Schema[ColMapNewToOld[iinfo]], iinfo);
        }
    }
}
