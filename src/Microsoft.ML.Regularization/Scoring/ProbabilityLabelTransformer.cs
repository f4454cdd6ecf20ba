using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(ProbabilityLabelTransformer), typeof(ModelLoader<ProbabilityLabelTransformer>), null, typeof(SignatureLoadModel), "",
    ProbabilityLabelTransformer.LoaderSignature)]

namespace Microsoft.ML.Regularization;

/// <summary>
/// Makes label and score agree with a probability: predicts true where the probability is above a threshold. Use it after a calibrator to make all three
/// consistent: the calibrators of ML.NET change <c>Probability</c> but not <c>PredictedLabel</c> and <c>Score</c>, and <c>Evaluate</c> decides by the score
/// whether a prediction is right.
/// </summary>
/// <remarks>
/// Input column: a float. Output columns, which replace those of their names: a boolean, true where the probability is above the threshold; and a float, the
/// log-odds of the probability less those of the threshold, <c>ln(p / (1 - p)) - ln(t / (1 - t))</c>, which is above 0 exactly where the label is true
/// (within -400 and 400). Where the probability is NaN, the score is NaN too, and the label is false.
/// </remarks>
public sealed class ProbabilityLabelTransformer : ColumnMappingTransformer, IModelPart<ProbabilityLabelTransformer>
{
    internal const string LoaderSignature = "ProbabilityLabel";

    private static readonly ModelFormat Format = new("PROBLABL", LoaderSignature);

    internal ProbabilityLabelTransformer(IHostEnvironment env, float threshold, string labelColumnName, string scoreColumnName, string probabilityColumnName)
        : base(env, LoaderSignature, ColumnsOf(env, labelColumnName, scoreColumnName, probabilityColumnName))
    {
        if (!(threshold is >= 0 and <= 1))
            throw Host.ExceptUserArg(nameof(threshold), $"threshold is {threshold}, but a threshold of a probability is from 0 to 1.");
        Threshold = threshold;
    }

    private ProbabilityLabelTransformer(IHostEnvironment env, ModelReader reader)
        : base(env, LoaderSignature, reader)
    {
        // *** Binary format ***
        // <base: names of columns>
        // float: threshold
        Threshold = reader.ReadSingle();
        Host.CheckDecode(Columns.Count == 2 && Threshold is >= 0 and <= 1, "A label by probability has two columns and a threshold from 0 to 1.");
    }

    /// <summary>The threshold: rows with a greater probability are predicted true.</summary>
    public float Threshold { get; }

    static ModelFormat IModelPart<ProbabilityLabelTransformer>.Format => Format;

    private protected override ModelFormat FileFormat => Format;

    static ProbabilityLabelTransformer IModelPart<ProbabilityLabelTransformer>.Read(IHostEnvironment env, ModelReader reader) => new(env, reader);

    private protected override void Write(ModelWriter writer) => writer.Write(Threshold);

    private protected override void Check(DataViewSchema.Column input)
    {
        if (input.Type != NumberDataViewType.Single)
            throw Host.ExceptSchemaMismatch("inputSchema", "probability", input.Name, "Single", input.Type.ToString());
    }

    private protected override DataViewSchema.DetachedColumn[] OutputColumns(DataViewSchema inputSchema)
    {
        return [Column(Columns[0].Output, BooleanDataViewType.Instance), Column(Columns[1].Output, NumberDataViewType.Single)];

        // Evaluators and tools know a scorer's columns by their annotations.
        DataViewSchema.DetachedColumn Column(string name, DataViewType type) =>
            new(name, type, inputSchema.GetColumnOrNull(name) is { } replaced && replaced.Type.Equals(type) ? replaced.Annotations : null);
    }

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int output)
    {
        var getter = row.GetGetter<float>(input);
        var (threshold, bound) = (Threshold, LogOdds(Threshold));
        var probability = 0f;
        if (output == 0)
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

    private static (string Output, string Input)[] ColumnsOf(IHostEnvironment env, string label, string score, string probability)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckName(label, "predictedLabelColumnName");
        env.CheckName(score, "scoreColumnName");
        env.CheckName(probability, "probabilityColumnName");
        return [(label, probability), (score, probability)];
    }

    private static double LogOdds(float probability) => Math.Clamp(Math.Log(probability / (1 - (double)probability)), -200, 200);
}
