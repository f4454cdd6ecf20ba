using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(ProbabilityLabelTransformer), null, typeof(SignatureLoadModel), "", ProbabilityLabelTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// Makes label and score agree with a probability: predicts true where the probability is above a threshold. Behind a calibrator all three belong together
/// again: the calibrators of ML.NET change <c>Probability</c> and leave <c>PredictedLabel</c> and <c>Score</c> as they were, and <c>Evaluate</c> counts right
/// and wrong by the score.
/// </summary>
/// <remarks>
/// Input column: a float. Output columns, which replace those of their names: a boolean, true where the probability is above the threshold; and a float, the
/// log-odds of the probability less those of the threshold, <c>ln(p / (1 - p)) - ln(t / (1 - t))</c>, which is above 0 exactly there (within -400 and 400).
/// Where the probability is not a number, the score is none either, and the label is false.
/// </remarks>
public sealed class ProbabilityLabelTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ProbabilityLabel";

    internal ProbabilityLabelTransformer(IHostEnvironment env, float threshold, string labelColumnName, string scoreColumnName, string probabilityColumnName)
        : base(Contracts.CheckRef(env, nameof(env)).Register(LoaderSignature), Columns(env, labelColumnName, scoreColumnName, probabilityColumnName))
    {
        if (!(threshold is >= 0 and <= 1))
            throw Host.ExceptUserArg(nameof(threshold), $"threshold is {threshold}, but a threshold of a probability is from 0 to 1.");
        Threshold = threshold;
    }

    private ProbabilityLabelTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(LoaderSignature), ctx)
    {
        // *** Binary format ***
        // <base: names of columns>
        // float: threshold
        Threshold = ctx.Reader.ReadSingle();
        Host.CheckDecode(ColumnPairs.Length == 2 && Threshold is >= 0 and <= 1, "A label by probability has two columns and a threshold from 0 to 1.");
    }

    /// <summary>Above which probability rows are predicted true.</summary>
    public float Threshold { get; }

    internal static ProbabilityLabelTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(GetVersionInfo());
        return new ProbabilityLabelTransformer(env, ctx);
    }

    /// <summary>Writes the transformer.</summary>
    /// <param name="ctx">Where to.</param>
    protected override void SaveModel(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());

        // *** Binary format ***
        // <base: names of columns>
        // float: threshold
        SaveColumns(ctx);
        ctx.Writer.Write(Threshold);
    }

    /// <summary>What maps the rows of a schema.</summary>
    /// <param name="schema">The columns before this transformer.</param>
    protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    /// <summary>Checks that a column holds probabilities.</summary>
    /// <param name="inputSchema">The columns before this transformer.</param>
    /// <param name="col">Which pair of columns.</param>
    /// <param name="srcCol">The column.</param>
    protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        var column = inputSchema[srcCol];
        if (column.Type != NumberDataViewType.Single)
            throw Host.ExceptSchemaMismatch(nameof(inputSchema), "probability", column.Name, "Single", column.Type.ToString());
    }

    private static (string Output, string Input)[] Columns(IHostEnvironment env, string label, string score, string probability)
    {
        env.CheckName(label, "predictedLabelColumnName");
        env.CheckName(score, "scoreColumnName");
        env.CheckName(probability, "probabilityColumnName");
        return [(label, probability), (score, probability)];
    }

    private static double LogOdds(float probability) => Math.Clamp(Math.Log(probability / (1 - (double)probability)), -200, 200);

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "PROBLABL",
        verWrittenCur: 0x00010001, // Initial
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(ProbabilityLabelTransformer).Assembly.FullName);

    private sealed class Mapper(ProbabilityLabelTransformer parent, DataViewSchema schema) : OneToOneMapperBase(parent.Host, parent, schema)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            [Column(parent.ColumnPairs[0].outputColumnName, BooleanDataViewType.Instance), Column(parent.ColumnPairs[1].outputColumnName, NumberDataViewType.Single)];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            var getter = input.GetGetter<float>(input.Schema[ColMapNewToOld[iinfo]]);
            var (threshold, bound) = (parent.Threshold, LogOdds(parent.Threshold));
            var probability = 0f;
            if (iinfo == 0)
            {
                return (ValueGetter<bool>)((ref label) =>
                {
                    getter(ref probability);
                    label = probability > threshold;
                });
            }

            return (ValueGetter<float>)((ref score) =>
            {
                getter(ref probability);
                score = (float)(LogOdds(probability) - bound);
            });
        }

        // Evaluators and tools know a scorer's columns by their annotations.
        private DataViewSchema.DetachedColumn Column(string name, DataViewType type) =>
            new(name, type, InputSchema.GetColumnOrNull(name) is { } replaced && replaced.Type.Equals(type) ? replaced.Annotations : null);
    }
}
