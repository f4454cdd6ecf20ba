using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Splitting;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Class weights: while a pipeline is fitted, each row gets an example weight by how frequent its class is, for any trainer that takes an
/// <c>exampleWeightColumnName</c>. Rows of rare classes count more.
/// </summary>
/// <remarks>
/// <para>Weights have a mean of 1 over the rows. Where the rows have the weight column already, its weights are kept and multiplied: classes are then
/// counted by the sums of these weights, and the sum of all weights stays. Only their ratios matter.</para>
/// <para>The first cursor that reads the weights reads all labels before, in constant memory, and counts rows that are not held out. Held-out rows
/// are weighted like others, because validation should measure the loss that is trained, and trainers that do not know the marks train on them.</para>
/// <para>A soft label, as Mixup leaves it, counts in every class by its share and weighs by its expectation. A row whose label is missing, or of a
/// class that only held-out rows have, keeps its weight. Predicted probabilities are those of a population with classes so weighted: calibrate them
/// where they matter. The neural trainers do the same without a column: see <see cref="ClassWeights"/>; use one of them.</para>
/// </remarks>
[UnionCase("ClassWeights")]
public sealed record ClassWeightsOptions : TrainingOnlyOptions
{
    /// <summary>Column of labels: a key, a boolean or a vector of class probabilities. Default: Label.</summary>
    public string LabelColumnName { get; init; } = DefaultColumnNames.Label;

    /// <summary>
    /// Column of example weights, a float, that is written while a pipeline is fitted. A column of this name that the rows have is taken for example
    /// weights; name another one if that column exists and means something else. Default: Weight.
    /// </summary>
    public string ExampleWeightColumnName { get; init; } = MixingOptions.DefaultExampleWeightColumnName;

    /// <summary>How the rows of a class are weighted. Default: <see cref="ClassBalance.Balanced"/>.</summary>
    public ClassBalance Balance { get; init; } = ClassBalance.Balanced;

    /// <summary>
    /// For <see cref="ClassBalance.EffectiveNumber"/>: the number of rows beyond which more of them add little is 1 / (1 - beta). At least 0 (all
    /// rows weigh alike) and below 1 (balanced); 0.9, 0.99, 0.999 or 0.9999 are usual. Default: 0.999.
    /// </summary>
    public double Beta { get; init; } = 0.999;

    internal override string Name => "ClassWeights";

    /// <summary>The weights as a trainer's option has them.</summary>
    internal ClassWeights Weights => Balance == ClassBalance.Balanced ? ClassWeights.Balanced : ClassWeights.EffectiveNumber(Beta);

    internal override void Validate(IExceptionContext context)
    {
        context.CheckName(LabelColumnName, nameof(LabelColumnName));
        context.CheckName(ExampleWeightColumnName, nameof(ExampleWeightColumnName));
        context.CheckDefined(Balance, nameof(Balance));
        context.CheckFromZeroToBelowOne(Beta, nameof(Beta));
        if (ExampleWeightColumnName == LabelColumnName)
        {
            throw context.ExceptUserArg(
                nameof(ExampleWeightColumnName), $"ExampleWeightColumnName and LabelColumnName must be different columns, but both are '{LabelColumnName}'.");
        }
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        context.RequireClasses(input, LabelColumnName);
        var weight = new SchemaShape.Column(ExampleWeightColumnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false);
        if (input.TryFindColumn(ExampleWeightColumnName, out var own) && (own.Kind != weight.Kind || own.ItemType != weight.ItemType || own.IsKey))
            throw context.Mismatch("weight", own, "Single");
        return new SchemaShape([.. input.Where(column => column.Name != ExampleWeightColumnName), weight]);
    }

    internal override IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed) =>
        ComputedColumnView.Create(env, source, new ClassWeightColumn(env, source, this));
}
