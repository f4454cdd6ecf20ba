using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of a transform that exists only while a pipeline is fitted. Whoever adds one derives from this record (or from
/// <see cref="AugmentationOptions"/>), and names the new record in the list of types below, which is what makes it survive a model file.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "transform")]
[JsonDerivedType(typeof(BackTranslationOptions), "BackTranslation")]
[JsonDerivedType(typeof(ClassWeightsOptions), "ClassWeights")]
[JsonDerivedType(typeof(ColorJitterOptions), "ColorJitter")]
[JsonDerivedType(typeof(CutMixOptions), "CutMix")]
[JsonDerivedType(typeof(CutoutOptions), "Cutout")]
[JsonDerivedType(typeof(EasyDataAugmentationOptions), "EasyDataAugmentation")]
[JsonDerivedType(typeof(FeatureDropoutOptions), "FeatureDropout")]
[JsonDerivedType(typeof(FeatureSwapOptions), "FeatureSwap")]
[JsonDerivedType(typeof(GaussianNoiseOptions), "GaussianNoise")]
[JsonDerivedType(typeof(HoldOutOptions), "HoldOut")]
[JsonDerivedType(typeof(LabelSmoothingOptions), "LabelSmoothing")]
[JsonDerivedType(typeof(MixupOptions), "Mixup")]
[JsonDerivedType(typeof(OneOfOptions), "OneOf")]
[JsonDerivedType(typeof(RandAugmentOptions), "RandAugment")]
[JsonDerivedType(typeof(RandomCropOptions), "RandomCrop")]
[JsonDerivedType(typeof(RandomDeletionOptions), "RandomDeletion")]
[JsonDerivedType(typeof(RandomErasingOptions), "RandomErasing")]
[JsonDerivedType(typeof(RandomHorizontalFlipOptions), "RandomHorizontalFlip")]
[JsonDerivedType(typeof(RandomInsertionOptions), "RandomInsertion")]
[JsonDerivedType(typeof(RandomResizedCropOptions), "RandomResizedCrop")]
[JsonDerivedType(typeof(RandomRotationOptions), "RandomRotation")]
[JsonDerivedType(typeof(RandomSwapOptions), "RandomSwap")]
[JsonDerivedType(typeof(RandomVerticalFlipOptions), "RandomVerticalFlip")]
[JsonDerivedType(typeof(SometimesOptions), "Sometimes")]
[JsonDerivedType(typeof(SynonymReplacementOptions), "SynonymReplacement")]
[JsonDerivedType(typeof(TrivialAugmentOptions), "TrivialAugment")]
public abstract record TrainingOnlyOptions
{
    private protected TrainingOnlyOptions()
    {
    }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>What the transform is called in messages.</summary>
    internal abstract string Name { get; }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>The columns that the next estimator sees while the pipeline is fitted.</summary>
    internal abstract SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input);

    /// <summary>Checks what a shape does not tell, such as the dimensions of an image.</summary>
    internal virtual void CheckRows(IHostEnvironment env, IDataView rows)
    {
    }

    /// <summary>The rows that the next estimator sees while the pipeline is fitted, computed as they are read.</summary>
    internal abstract IDataView CreateTrainingView(IHostEnvironment env, IDataView source, int seed);
}
