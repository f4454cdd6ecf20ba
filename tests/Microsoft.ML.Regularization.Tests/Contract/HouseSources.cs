using System.Reflection;
using Microsoft.ML.Regularization.Structure;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>The library's sources, read once.</summary>
internal static class HouseSources
{
    private static readonly Lazy<House> Read = new(() => House.Read(
        typeof(HouseSources).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "LibrarySource").Value!));

    public static House Library => Read.Value;
}
