using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>Marks a member of images of any size, as <c>LoadImages</c> gives them; ML.NET's own attribute is for images of one size.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnsizedImageAttribute : DataViewTypeAttribute
{
    public override void Register() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage), this);

    public override bool Equals(DataViewTypeAttribute? other) => other is UnsizedImageAttribute;

    public override int GetHashCode() => 0;
}
