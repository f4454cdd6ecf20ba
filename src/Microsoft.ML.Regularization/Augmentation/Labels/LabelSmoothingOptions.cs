using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Label smoothing: while a pipeline is fitted, a label y over K classes, hard or soft, becomes the soft label <c>y (1 - a) + a / K</c> (Szegedy,
/// Vanhoucke, Ioffe, Shlens and Wojna, "Rethinking the Inception architecture for computer vision", 2016).
/// </summary>
/// <remarks>
/// <para>Nothing is drawn: every pass gives the same rows, and the seed does not matter. Before or after Mixup and CutMix it gives the same labels.
/// <see cref="RegularizationRecipe.LabelSmoothing"/> does the same within a neural trainer; use one of them, for both together smooth twice.</para>
/// <para>Held-out rows get a soft label that is not smoothed; missing labels stay missing: all of a row's shares are NaN.</para>
/// </remarks>
[UnionCase("LabelSmoothing")]
public sealed record LabelSmoothingOptions : AugmentationOptions
{
    /// <summary>
    /// Column of labels: a key, a boolean or a vector of class probabilities. Default: null, which means Label in a pipeline and the trainer's label in a
    /// recipe.
    /// </summary>
    public string? LabelColumnName { get; init; }

    /// <summary>
    /// The mass a that is moved from the label to all classes alike, at least 0 (labels stay as they are, hard ones hard) and below 1 (labels that
    /// say nothing). Default: 0.1.
    /// </summary>
    public double Smoothing { get; init; } = 0.1;

    internal override string Name => "LabelSmoothing";

    internal override bool SoftensLabels => !IsIdentity;

    internal override bool IsIdentity => Smoothing == 0;

    internal override IEnumerable<string> StreamIdentity => [Name, EffectiveLabelColumnName];

    private string EffectiveLabelColumnName => LabelColumnName ?? DefaultColumnNames.Label;

    internal override AugmentationOptions In(IExceptionContext context, TrainerColumnNames trainer) =>
        this with { LabelColumnName = trainer.Agree(context, Name, nameof(LabelColumnName), LabelColumnName, trainer.Label) };

    internal override void Validate(IExceptionContext context)
    {
        context.CheckNameIfAny(LabelColumnName, nameof(LabelColumnName));
        context.CheckFromZeroToBelowOne(Smoothing, nameof(Smoothing));
    }

    internal override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        var soft = context.RequireClasses(input, EffectiveLabelColumnName);
        return IsIdentity ? input : new SchemaShape(input.Select(column => column.Name == EffectiveLabelColumnName ? soft : column));
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source)
    {
        var (column, label) = env.RequireClasses(source.Schema, EffectiveLabelColumnName);
        return new Smoother(new DataViewSchema.DetachedColumn(column.Name, label.MixedType, label.MixedAnnotations), label, Smoothing);
    }

    private sealed class Smoother(DataViewSchema.DetachedColumn output, MixableLabel label, double smoothing) : RowAugmentation
    {
        public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } = [output];

        public override bool IsRandom => false;

        public override RowAugmenter Bind(AugmentedRow row) => new Augmenter(row.Row, label, smoothing);
    }

    private sealed class Augmenter(DataViewRow row, MixableLabel label, double smoothing) : RowAugmenter
    {
        private readonly float _kept = (float)(1 - smoothing);
        private readonly float _share = (float)(smoothing / label.Size);
        private bool _smooths;

        public override void Draw(ref KeyedStream random) => _smooths = true;

        public override void Rest() => _smooths = false;

        public override ValueGetter<TValue>? GetGetter<TValue>(string output)
        {
            var own = label.Bind(row);
            ValueGetter<VBuffer<float>> getter = (ref shares) =>
            {
                var editor = VBufferEditor.Create(ref shares, label.Size);
                own(editor.Values);
                if (_smooths)
                {
                    TensorPrimitives.Multiply(editor.Values, _kept, editor.Values);
                    TensorPrimitives.Add(editor.Values, _share, editor.Values);
                }

                shares = editor.Commit();
            };
            return getter as ValueGetter<TValue>;
        }
    }
}
